import { expect, it } from 'vitest';
import { windowKept } from '../../../lessons/challenges/window-kept.ts';
import { lastGuessRun, noteWith } from '../../../src/derive/guess-lengths.ts';
import { messageWeights } from '../../../src/derive/message-weights.ts';
import { readLog } from '../../../src/derive/log-reader.ts';
import { openLab, type TestLab } from '../../support/open-lab.ts';
import { startSandbox } from '../../support/start-sandbox.ts';
import { connectWs } from '../../support/ws-client.ts';

type Sandbox = Awaited<ReturnType<typeof startSandbox>>;

/** Sends texts to an echo, each once the one before has come back. */
async function say(sandbox: Sandbox, lab: TestLab, query: string, texts: readonly string[]): Promise<void> {
  const { socket, next } = await connectWs(sandbox, lab.path(`echo${query}`), {
    perMessageDeflate: { threshold: 0 },
  });
  for (const text of texts) {
    socket.send(text);
    expect(await next()).toBe(text);
  }
}

const prices = JSON.stringify({ type: 'prices', prices: [{ name: 'tulip', bid: 101.25, ask: 101.5 }] });

it('is passed only by a window that is kept and one that is forgotten, on a real wire', async () => {
  const sandbox = await startSandbox();
  const lab = await openLab(sandbox);
  const judge = async () => windowKept.judge(readLog(await lab.log()).connections);
  await say(sandbox, lab, '', [prices, prices]);
  expect(await judge()).toMatchObject({ passed: false, seen: [] });
  await say(sandbox, lab, '?deflate=1', [prices, prices]);
  expect(await judge()).toMatchObject({ passed: false, missing: [expect.any(String)] });
  await say(sandbox, lab, '?deflate=no-takeover', [prices, prices]);
  expect(await judge()).toMatchObject({ passed: true, missing: [] });
});

it('a right guess is shorter where the window is kept, and not where it is forgotten', async () => {
  const sandbox = await startSandbox();
  const lab = await openLab(sandbox);
  const guesses = ['1a2b3c4d', '5e6f7081', '92a3b4c5', 'd6e7f809'];
  const texts = [
    noteWith('92a3b4c5', 'victim'),
    ...['--------', ...guesses].map((token) => noteWith(token, 'attack')),
  ];
  for (const query of ['?deflate=1', '?deflate=no-takeover', '']) await say(sandbox, lab, query, texts);
  const runs = readLog(await lab.log()).connections.map((each) => lastGuessRun(messageWeights(each)));
  expect(runs.map((run) => run?.shortest)).toEqual(['92a3b4c5', undefined, undefined]);
});
