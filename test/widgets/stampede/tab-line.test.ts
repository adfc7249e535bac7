import { describe, expect, it } from 'vitest';
import { actSentences, attemptsOf } from '../../../src/widgets/stampede/tab-line.ts';
import type { TabAct } from '../../../src/widgets/stampede/own-tab.ts';

const acts: TabAct[] = [
  { at: 5000, what: 'open' },
  { at: 6000, what: 'end', code: 1006 },
  { at: 6000, what: 'retry', attempt: 1, delayMs: 1000.4 },
  { at: 7001, what: 'end', code: 1006 },
  { at: 7001, what: 'retry', attempt: 2, delayMs: 1000 },
  { at: 8002, what: 'open' },
];

describe('The line of the own tab', () => {
  it('puts what it met on the scale of the stampede', () => {
    // Its first connection was answered a second before the server ended.
    expect(attemptsOf(acts, -1000)).toEqual([
      { atMs: 0, what: 'end' },
      { atMs: 1001, what: 'failed' },
      { atMs: 2002, what: 'open' },
    ]);
  });

  it('is empty while nothing is known of its place', () => {
    expect(attemptsOf(acts, undefined)).toEqual([]);
    expect(attemptsOf([], -1000)).toEqual([]);
  });

  it('says each act in a sentence', () => {
    expect(actSentences(acts)[2]).toBe('Attempt 1 comes in 1000 ms.');
    expect(actSentences([{ at: 1, what: 'final', why: 'by its code' }])).toEqual([
      'No further attempt: by its code.',
    ]);
  });
});
