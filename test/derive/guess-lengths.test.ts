import { describe, expect, it } from 'vitest';
import { lastGuessRun, noteWith } from '../../src/derive/guess-lengths.ts';
import type { MessageWeight } from '../../src/derive/message-weights.ts';

const sent = (text: string, wireBytes: number, from: MessageWeight['from'] = 'client'): MessageWeight => ({
  from,
  text,
  messageBytes: text.length,
  wireBytes,
  isCompressed: true,
});
const run = (...lengths: number[]) => [
  sent(noteWith('b', 'victim'), 30),
  sent(noteWith('-', 'attack'), 20),
  ...['a', 'b', 'c'].map((token, index) => sent(noteWith(token, 'attack'), lengths[index] ?? 0)),
];

describe('lastGuessRun', () => {
  it('finds no run among other messages, nor in what the server sends', () => {
    expect(lastGuessRun([sent('hello', 5), sent(noteWith('b', 'victim'), 30, 'server')])).toBeUndefined();
  });

  it('names the guess that is shorter than all others, without the one that warms the window', () => {
    expect(lastGuessRun(run(14, 8, 14))).toMatchObject({ secret: 'b', shortest: 'b' });
    expect(lastGuessRun(run(14, 8, 14))?.guesses).toHaveLength(3);
  });

  it('names none where two are as short, or none was sent', () => {
    expect(lastGuessRun(run(9, 9, 14))?.shortest).toBeUndefined();
    expect(lastGuessRun(run().slice(0, 2))).toMatchObject({ guesses: [], shortest: undefined });
  });

  it('reads the last run', () => {
    expect(lastGuessRun([...run(1, 2, 3), ...run(14, 8, 14)])?.shortest).toBe('b');
  });
});
