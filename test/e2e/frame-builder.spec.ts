import type { Locator, Page } from '@playwright/test';
import { presetGroups } from '../../src/widgets/frame-builder/frame-presets.ts';
import { startSandbox } from '../../sandbox-server/sandbox.ts';
import { expect, expectAccessible, sandboxOptions, test } from './support/fixtures.ts';

/** Opens a lesson and waits until its builder stands on a live lab. */
async function openBuilder(page: Page, lesson = '/lessons/frames/'): Promise<Locator> {
  await page.goto(lesson);
  const bench = page.getByRole('region', { name: 'Frame builder' });
  await bench.scrollIntoViewIfNeeded();
  await expect(bench.locator('.status-pill')).toContainText('live');
  return bench;
}

const hex = (bench: Locator): Locator => bench.getByLabel('The frame as hex');
const send = (bench: Locator): Locator => bench.getByRole('button', { name: /^Send th/ });
const outcome = (bench: Locator): Locator =>
  bench.getByRole('region', { name: 'What the server made of it' });
const crossed = (bench: Locator): Locator => outcome(bench).getByRole('list').getByRole('listitem');

test.describe('Frame builder: fields and bytes', () => {
  test('stay in step both ways, and what changed is marked', async ({ page }) => {
    const bench = await openBuilder(page);
    await expect(hex(bench)).toHaveValue('81 85 37 fa 21 3d 7f 9f 4d 51 58');
    await bench.getByRole('checkbox', { name: 'FIN' }).uncheck();
    await expect(hex(bench)).toHaveValue('01 85 37 fa 21 3d 7f 9f 4d 51 58');
    await expect(bench.getByText('Changed: byte 0, 81 → 01.')).toBeVisible();
    await expect(bench.locator('[data-changed]')).toHaveText(['01']);
    await bench.getByRole('checkbox', { name: 'MASK' }).uncheck();
    await expect(hex(bench)).toHaveValue('01 05 48 65 6c 6c 6f');
    await hex(bench).fill('8a 02 68 69');
    await expect(bench.getByRole('combobox', { name: /^opcode/ })).toHaveValue('10');
    await expect(bench.getByRole('checkbox', { name: 'FIN' })).toBeChecked();
    await expect(bench.getByLabel('Text, sent as UTF-8')).toHaveValue('hi');
    await bench.getByLabel('length written in').selectOption('7 + 64 bits');
    await expect(hex(bench)).toHaveValue('8a 7f 00 00 00 00 00 00 00 02 68 69');
    await bench.getByLabel('a false length').fill('3');
    await expect(hex(bench)).toHaveValue('8a 7f 00 00 00 00 00 00 00 03 68 69');
  });

  test('light each other', async ({ page }) => {
    const bench = await openBuilder(page);
    await bench.getByLabel('4 bytes, hex').focus();
    await expect(bench.locator('.draft-field[data-lit]')).toContainText('masking-key');
    await bench.getByRole('button', { name: /payload data, masked/ }).hover();
    await expect(bench.locator('.field-group[data-lit]').filter({ hasText: 'Payload data' })).toBeVisible();
    await bench.getByRole('button', { name: /payload data, masked/ }).press('Enter');
    await expect(bench.getByLabel('Text, sent as UTF-8')).toBeFocused();
    await hex(bench).focus();
    await page.keyboard.press('Control+Home');
    await expect(bench.locator('.draft-field[data-lit]')).toContainText('FIN, RSV1-3, opcode');
    for (let step = 0; step < 3; step++) await page.keyboard.press('ArrowRight');
    await expect(bench.locator('.draft-field[data-lit]')).toContainText('MASK, payload length');
    await expect(bench.locator('.field-group[data-lit]')).toContainText('Second byte and length');
  });

  test('write a close code and a reason', async ({ page }) => {
    const bench = await openBuilder(page);
    await bench.getByLabel('Start from').selectOption('Close 1000');
    await bench.getByRole('checkbox', { name: 'MASK' }).uncheck();
    await bench.getByLabel('Close code').fill('4001');
    await bench.getByLabel(/^Close reason/).fill('é');
    await expect(hex(bench)).toHaveValue('88 04 0f a1 c3 a9');
    await expect(bench.getByText('Close reason, 2 bytes of at most 123')).toBeVisible();
  });
});

test.describe('Frame builder: every preset, sent for real', () => {
  /** What the page says of the standard, of the server, and of the two together, where it is not the usual. */
  const unusual: Record<string, [standard: RegExp, server: RegExp, compared: RegExp]> = {
    'rfc-masked-pong': [/Legal/, /has said nothing/, /Nothing to compare/],
    'close-1000': [/Legal/, /answered the Close: 1000 .* TCP ended with FIN/, /They agree\./],
    'length-16-for-5': [/minimal-length.* 1002/, /took it/, /this server let pass/],
    'length-64-for-5': [/minimal-length.* 1002/, /took it/, /this server let pass/],
    'length-top-bit': [/length-top-bit.* 1002/, /failed .* 1009/, /not on the close code/],
    'bad-utf8': [/text-utf8.* 1007/, /failed .* 1007/, /They agree\./],
  };
  const legal = [/Legal/, /took it, and answered/, /They agree\./] as const;
  const illegal = [/fail with 1002/, /failed the connection: 1002/, /They agree\./] as const;
  const cases = presetGroups.flatMap(({ label: group, presets }) =>
    presets.map(({ id, label }) => {
      const isIllegal = group.startsWith('Illegal') || label.startsWith('Unmasked');
      const reading = isIllegal ? '✗ illegal' : '✓ legal';
      return {
        id,
        name: `${group}: ${label}`,
        reading,
        expected: unusual[id] ?? (isIllegal ? illegal : legal),
      };
    }),
  );
  for (const { id, name, reading, expected } of cases) {
    test(name, async ({ page }) => {
      const bench = await openBuilder(page);
      await bench.getByLabel('Start from').selectOption(id);
      await expect(bench.getByRole('region', { name: 'How a server has to read it' })).toContainText(reading);
      await send(bench).click();
      const verdict = outcome(bench).getByRole('definition');
      await expect(verdict.nth(0)).toHaveText(expected[0]);
      await expect(verdict.nth(1)).toHaveText(expected[1]);
      await expect(verdict.nth(2)).toHaveText(expected[2]);
    });
  }
});

test.describe('Frame builder: the tray', () => {
  test('sends a ping between fragments, and shows the pong before the echo', async ({ page }) => {
    const bench = await openBuilder(page, '/lessons/fragments-and-control-frames/');
    await send(bench).click();
    await expect(crossed(bench)).toHaveText([
      /Client: TEXT 'Hel'/,
      /Client: PING/,
      /Server: PONG/,
      /Client: CONT 'lo'/,
      /Server: TEXT 'Hello'/,
    ]);
    await expect(outcome(bench)).toContainText('in 3 pieces');
  });

  test('sends all frames in one TCP write', async ({ page }) => {
    const bench = await openBuilder(page, '/lessons/fragments-and-control-frames/');
    await bench.getByLabel('all in one TCP write').check();
    await send(bench).click();
    await expect(crossed(bench).filter({ hasText: "TEXT 'Hello'" })).toBeVisible();
    await expect(outcome(bench)).toContainText('in 1 piece.');
  });

  test('goes on with the connection that stands, and begins a new one after its end', async ({ page }) => {
    const bench = await openBuilder(page);
    await send(bench).click();
    await expect(crossed(bench)).toHaveCount(2);
    await send(bench).click();
    await expect(crossed(bench)).toHaveCount(4);
    await bench.getByRole('button', { name: 'Hang up' }).click();
    await expect(bench.getByText('The connection has ended: you ended it.')).toBeVisible();
    await expect(crossed(bench).last()).toContainText('TCP ended with FIN by the client');
    await send(bench).click();
    await expect(crossed(bench)).toHaveCount(2);
  });

  test('adds, moves and removes frames, and brings them back', async ({ page }) => {
    const bench = await openBuilder(page);
    const tray = bench.getByRole('region', { name: 'Tray' });
    const frames = tray.getByRole('listitem');
    await tray.getByRole('button', { name: 'Add a frame' }).click();
    await bench.getByRole('combobox', { name: /^opcode/ }).selectOption('0x9 ping');
    await expect(frames).toHaveText([/TEXT/, /PING/]);
    await tray.getByRole('button', { name: 'Earlier' }).click();
    await expect(frames).toHaveText([/PING/, /TEXT/]);
    await tray.getByRole('button', { name: 'Remove' }).click();
    await expect(frames).toHaveText([/TEXT/]);
    await tray.getByRole('button', { name: 'Undo' }).click();
    await expect(frames).toHaveText([/PING/, /TEXT/]);
  });

  test('makes a frame of each that a paste holds', async ({ page }) => {
    const bench = await openBuilder(page);
    await hex(bench).fill('01 03 48 65 6c 80 02 6c 6f');
    await bench.getByRole('button', { name: 'Make each a frame of the tray' }).click();
    await expect(bench.getByRole('region', { name: 'Tray' }).getByRole('listitem')).toHaveText([
      /TEXT 'Hel'/,
      /CONT 'lo'/,
    ]);
  });
});

test.describe('Frame builder: garbage in', () => {
  test('is answered with a sentence, kept, and not sent', async ({ page }) => {
    const bench = await openBuilder(page);
    await hex(bench).fill('81 8');
    await expect(bench.getByText(/3 digits are half a byte too many/)).toBeVisible();
    await expect(send(bench)).toBeDisabled();
    await hex(bench).fill('81 zz');
    await expect(bench.getByText(/“z” at character 4 is not a hex digit/)).toBeVisible();
    await bench.getByRole('button', { name: 'Add a frame' }).click();
    await bench
      .getByRole('region', { name: 'Tray' })
      .getByRole('button', { name: /unfinished/ })
      .click();
    await expect(hex(bench)).toHaveValue('81 zz');
    await hex(bench).fill('00'.repeat(65_551));
    await expect(bench.getByText(/65,551 bytes are more than fit here/)).toBeVisible();
    await hex(bench).fill('81');
    await expect(bench.getByText(/The header is not whole/)).toBeVisible();
    await expect(bench.getByRole('checkbox', { name: 'FIN' })).toBeDisabled();
    await hex(bench).fill('89 80 00 00 00 00');
    await expect(send(bench)).toBeEnabled();
    await bench.getByLabel('length written in').selectOption('7 bits');
    await bench.getByLabel('a false length').fill('126');
    await expect(bench.getByText(/126 does not fit: 7 bits hold at most 125/).first()).toBeVisible();
    await expect(send(bench)).toBeDisabled();
  });

  test('a paste of thousands of frames is read at once, and kept', async ({ page }) => {
    const bench = await openBuilder(page);
    await hex(bench).fill('89 00 '.repeat(30_000));
    await expect(bench.getByText('By their headers these bytes are 30000 frames.')).toBeVisible();
    await expect(
      bench.getByText('… and 29,988 more frames, in which 29,988 rules are broken.'),
    ).toBeVisible();
    await bench.getByRole('button', { name: 'Make each a frame of the tray' }).click();
    await expect(bench.getByRole('region', { name: 'Tray' }).getByRole('listitem')).toHaveCount(12);
    await bench.getByRole('button', { name: 'Undo' }).click();
    await expect(bench.getByText('60,000 bytes in all.')).toBeVisible();
  });

  test('a frame whose length is a lie is sent as it is, and the server waits', async ({ page }) => {
    const bench = await openBuilder(page);
    await bench.getByRole('combobox', { name: /^opcode/ }).selectOption('0x2 binary');
    await bench.getByLabel('a false length').fill('10');
    await send(bench).click();
    await expect(outcome(bench)).toContainText('The last frame is not whole yet');
    await expect(outcome(bench)).toContainText('has said nothing so far');
    // Five bytes of the next frame are taken for payload, and the sixth for a header.
    await send(bench).click();
    await expect(crossed(bench).filter({ hasText: /Server: BINARY .*\[10 bytes\]/ })).toBeVisible();
    await expect(outcome(bench)).toContainText('failed the connection: 1002');
  });
});

test.describe('Frame builder: ends that nobody asked for', () => {
  test('tells a reset from an end in order', async ({ page }) => {
    const bench = await openBuilder(page);
    await send(bench).click();
    await expect(crossed(bench)).toHaveCount(2);
    await page.evaluate(async () => {
      const id = sessionStorage.getItem('ws101.lab') ?? '';
      const headers = { 'Content-Type': 'application/json' };
      await fetch(`/labs/${id}/cut`, { method: 'POST', headers, body: JSON.stringify({ how: 'rst' }) });
    });
    await expect(bench.getByText('The connection has ended: TCP was reset (RST).')).toBeVisible();
    await expect(crossed(bench).last()).toContainText('TCP ended with RST by the link');
  });

  test('hangs up when the learner takes a new lab, and sends to that one', async ({ page }) => {
    const bench = await openBuilder(page);
    await send(bench).click();
    await expect(crossed(bench)).toHaveCount(2);
    await bench.getByRole('button', { name: 'Clear the table' }).click();
    await expect(bench.getByText(/^Nothing has been sent yet/)).toBeVisible();
    await expect(bench.getByText('The connection has ended: you ended it.')).toBeVisible();
    await send(bench).click();
    await expect(crossed(bench)).toHaveCount(2);
  });
});

test.describe('Frame builder: without a sandbox', () => {
  test.use({ expectedConsoleErrors: /WebSocket connection to|Failed to load resource|ERR_CONNECTION/ });

  test('keeps what was built and what was seen, and says why it cannot be sent', async ({ page }) => {
    const sandbox = await startSandbox(sandboxOptions({ port: 0 }));
    await page.goto(`${sandbox.origin}/lessons/frames/`);
    const bench = page.getByRole('region', { name: 'Frame builder' });
    await bench.scrollIntoViewIfNeeded();
    await expect(bench.locator('.status-pill')).toContainText('live');
    await bench.getByRole('checkbox', { name: 'FIN' }).uncheck();
    await send(bench).click();
    await expect(crossed(bench)).toHaveCount(1);
    await sandbox.close();
    await expect(bench.locator('.status-pill')).toContainText('offline');
    await expect(send(bench)).toBeDisabled();
    await expect(bench.getByText(/There is no lab to send to until the sandbox answers/)).toBeVisible();
    await expect(hex(bench)).toHaveValue('01 85 37 fa 21 3d 7f 9f 4d 51 58');
    await expect(crossed(bench).first()).toContainText('more follows');
  });
});

test('Frame builder: the two challenges are passed by what is on the wire', async ({ page }) => {
  const bench = await openBuilder(page);
  await bench.getByLabel('Or fill it with').fill('126');
  await bench.getByRole('button', { name: 'Fill', exact: true }).click();
  await bench.getByLabel('cut in two writes before byte').check();
  await send(bench).click();
  await expect(bench.getByRole('region', { name: 'A header of 8 bytes, torn in two' })).toContainText('done');

  const other = await openBuilder(page, '/lessons/fragments-and-control-frames/');
  await hex(other).fill('01 80 00 00 00 00');
  await other.getByRole('button', { name: 'Add a frame' }).click();
  await hex(other).fill('00 80 00 00 00 00');
  await send(other).click();
  await expect(other.getByRole('region', { name: 'Three fragments and a ping' })).toContainText('done');
});

test('Frame builder: opens the whole connection on the wire, and stays accessible', async ({ page }) => {
  const bench = await openBuilder(page);
  await send(bench).click();
  await expect(crossed(bench)).toHaveCount(2);
  await bench.getByText(/^The whole connection on the wire/).click();
  await expect(bench.getByRole('region', { name: 'The wire' })).toBeVisible();
  await hex(bench).fill('8');
  await expectAccessible(page);
});
