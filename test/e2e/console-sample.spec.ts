import { readFileSync } from 'node:fs';
import { expect, test } from './support/fixtures.ts';

const sample = readFileSync(
  new URL('../../lessons/samples/first-connection.browser.js', import.meta.url),
  'utf8',
);

// The browser itself may log a connection that was reset.
test.use({ expectedConsoleErrors: /WebSocket connection/ });

const begun = ['readyState right after the constructor: 0', 'open; only from here on may you send'];

for (const [how, ending] of [
  ["{ how: 'fin' }", 'closed: 1006 "", not clean'],
  ["{ how: 'rst' }", 'closed: 1006 "", not clean'],
  ["{ how: 'close', code: 4001, reason: 'as asked' }", 'closed: 4001 "as asked", clean'],
] as const) {
  test(`The sample for the console connects, and cut(${how}) ends it as the lesson says`, async ({
    page,
  }) => {
    const said: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'log') said.push(message.text());
    });
    await page.goto('/lessons/what-is-a-websocket/');
    const session = await page.context().newCDPSession(page);
    /** What typing into the console of the developer tools does. */
    const type = (expression: string) =>
      session.send('Runtime.evaluate', { expression, replMode: true, awaitPromise: true });

    expect((await type(sample)).exceptionDetails).toBeUndefined();
    await expect.poll(() => said).toEqual([...begun, 'the server says: hello']);
    expect((await type(`await cut(${how})`)).exceptionDetails).toBeUndefined();
    await expect.poll(() => said.at(-1)).toBe(ending);
  });
}
