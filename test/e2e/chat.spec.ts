import { expect, test } from './support/fixtures.ts';

const lesson = '/lessons/a-chat-message-by-message/';

test('Bob says something, by socket and by polling, and Alice sees it; the wire shows its way', async ({
  page,
}) => {
  await page.goto(lesson);
  const bench = page.getByRole('region', { name: 'Chat bench' });
  await bench.scrollIntoViewIfNeeded();
  await expect(bench.locator('.status-pill')).toContainText('live');
  const press = (name: string) => bench.getByRole('button', { name, exact: true }).click();
  const show = (name: string) => bench.getByRole('tab', { name }).click();
  const [alice, bob] = [
    bench.getByRole('log', { name: 'What Alice sees' }),
    bench.getByRole('log', { name: 'What Bob sees' }),
  ];
  const say = async (text: string) => {
    await bench.getByRole('textbox', { name: 'Bob says' }).fill(text);
    await press('Send as Bob');
  };
  await press('Join as Alice');
  await press('Join as Bob');
  await expect(alice).toContainText('Bob has joined');
  await bench.getByRole('textbox', { name: 'Bob says' }).pressSequentially('H');
  await expect(bench.getByText('Bob is typing …')).toBeVisible();
  await say('by socket');
  await expect(alice).toContainText('by socket');
  await expect(bob).toContainText(/stored as 1, seen by Alice after/);

  const paneA = bench.getByRole('region', { name: 'Pane A: Alice' });
  await expect(paneA.getByRole('combobox')).toBeDisabled();
  await paneA.getByRole('radio', { name: 'polling' }).check();
  await paneA.getByRole('combobox').selectOption('500');
  await expect(bob).toContainText('Alice has left');
  await say('by polling');
  await expect(alice).toContainText('by polling');
  await expect(bench.getByRole('region', { name: 'How long it took' })).toContainText(
    'waiting for the next poll',
  );
  await show('The way');
  const way = bench.getByRole('list', { name: 'The way of the last message' });
  await expect(way).toContainText('Alice has it');
  await expect(way).toContainText('Server answers Alice');

  await show('Break it');
  await press('A message by another contract');
  await expect(bob).toContainText('the message has "content", "recipient_id" instead');
  await press('Markup with a script');
  await expect(alice).toContainText('<img src=x onerror=');
  await expect(bench.getByText('As HTML it would have been')).toBeVisible();
  await expect(alice.getByRole('img')).toHaveCount(0);
  await press('Come in as “BOB”');
  await expect(bench.getByRole('group', { name: 'What the script saw' })).toContainText('code 4409');
  await press('100 at once');
  await expect(bob).toContainText('The connection has ended: 4429');
  await press('Rejoin as Bob');
  await expect(bob).toContainText('You are alone here. Said while you were away');
});

test('A second tab comes into the room by its link, under other names, and a program passes the challenge', async ({
  page,
  context,
  sandbox,
}) => {
  await page.goto(lesson);
  const bench = page.getByRole('region', { name: 'Chat bench' });
  await bench.scrollIntoViewIfNeeded();
  await expect(bench.locator('.status-pill')).toContainText('live');
  await bench.getByRole('button', { name: 'Join as Alice' }).click();
  await expect(bench.getByText('in the room', { exact: true })).toBeVisible();
  await bench.getByRole('tab', { name: 'Other clients' }).click();
  const second = await context.newPage();
  const href = await bench.getByRole('link', { name: 'Open a second tab' }).getAttribute('href');
  await second.goto(href ?? '');
  const there = second.getByRole('region', { name: 'Chat bench' });
  await there.scrollIntoViewIfNeeded();
  await there.getByRole('button', { name: 'Join as Carol' }).click();
  await expect(bench.getByRole('log', { name: 'What Alice sees' })).toContainText('Carol has joined');
  expect(new URL(second.url()).hash).toBe('');

  const id = new URL(href ?? '').hash.replace('#lab=', '');
  const guest = new WebSocket(`${sandbox.origin.replace('http', 'ws')}/labs/${id}/chat?name=Nora`);
  guest.onopen = () => {
    guest.send('{"type":"message","text":"Hello from Node","clientId":"n-1"}');
  };
  await expect(bench.getByRole('log', { name: 'What Alice sees' })).toContainText('Hello from Node');
  await there.getByRole('textbox', { name: 'Carol says' }).fill('Welcome');
  await there.getByRole('button', { name: 'Send as Carol' }).click();
  await bench.getByRole('tab', { name: 'Challenge' }).click();
  await expect(bench.getByRole('region', { name: 'A guest from outside' })).toContainText('done');
  await second.close();
  await expect(bench.getByRole('log', { name: 'What Alice sees' })).toContainText('Carol has left');
  guest.close();
});
