import { describe, expect, it } from 'vitest';
import { advance, longestPauseMs, shownCount, untilCount, type Playback } from '../../src/derive/playback.ts';
import { rungsOfConnection } from '../../src/derive/ladder.ts';
import { readLog } from '../../src/derive/log-reader.ts';
import { hex, WrittenLog } from './written-log.ts';

const log = new WrittenLog().upgraded(1);
for (let count = 0; count < 5; count++) log.bytes(1, 'server', hex('81 01 48'));
const [connection] = readLog(log.events).connections;
if (!connection) throw new Error('the log holds no connection');
const rungs = rungsOfConnection(connection);

describe('A playback', () => {
  it('shows everything while it is live', () => {
    expect(shownCount(rungs, { mode: 'live' })).toBe(rungs.length);
  });

  it('shows the rungs up to its moment, and can be scrubbed to any of them', () => {
    for (let count = 0; count <= rungs.length; count++) {
      const shown = shownCount(rungs, { mode: 'paused', until: untilCount(rungs, count) });
      // What happened in the same instant shows together.
      expect(shown).toBeGreaterThanOrEqual(count);
      expect(rungs[shown]?.at).not.toBe(rungs[shown - 1]?.at);
    }
    expect(shownCount(rungs, { mode: 'paused', until: untilCount(rungs, 0) })).toBe(0);
  });

  it('replays in order and so many times slower, cuts pauses, and is live again at the end', () => {
    let playback: Playback = { mode: 'playing', until: untilCount(rungs, 1), slowdown: 100 };
    let waited = 0;
    const counts: number[] = [];
    while (playback.mode === 'playing') {
      playback = advance(rungs, playback, 10);
      waited += 10;
      counts.push(shownCount(rungs, playback));
    }
    expect(counts).toEqual(counts.toSorted((a, b) => a - b));
    expect(counts.at(-1)).toBe(rungs.length);
    const real = (rungs.at(-1)?.at ?? 0) - (rungs[0]?.at ?? 0);
    expect(waited).toBeLessThanOrEqual(real * 100 + 20);
    expect(waited).toBeGreaterThanOrEqual(real * 100 - 20);
  });

  it('waits no longer than the longest pause for what comes next', () => {
    const far = rungs.map((rung, index) => (index === 0 ? rung : { ...rung, at: rung.at + 60_000 }));
    const next = advance(far, { mode: 'playing', until: far[0]?.at ?? 0, slowdown: 1 }, longestPauseMs);
    const after = next.mode === 'playing' ? advance(far, next, longestPauseMs) : next;
    expect(shownCount(far, after)).toBeGreaterThan(1);
  });
});
