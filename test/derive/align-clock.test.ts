import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alignClock, type ScriptEvent } from '../../src/derive/align-clock.ts';
import { readLog } from '../../src/derive/log-reader.ts';
import { hex, WrittenLog } from './written-log.ts';

const [connection] = readLog(
  new WrittenLog()
    .upgraded(1)
    .bytes(1, 'client', hex('81 81 00000000 48'))
    .bytes(1, 'server', hex('81 01 48')).events,
).connections;
if (!connection) throw new Error('the log holds no connection');

/** What a script sees that is so late in all that it hears and so early in all that it does, by a clock of its own. */
const testimony = (offset: number, lateness: number): ScriptEvent[] =>
  (
    [
      ['new WebSocket()', 0 - lateness],
      ['open', 2 + lateness],
      ['send()', 3 - lateness / 10],
      ['message', 4 + lateness],
    ] as const
  ).map(([what, at]) => ({ what, at: at - offset, readyState: 1, bufferedAmount: 0, detail: '' }));

describe('alignClock', () => {
  it('finds the offset of the page’s clock within the error that it states', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1e6, max: 1e6, noNaN: true }),
        fc.double({ min: 0, max: 3, noNaN: true }),
        (offset, lateness) => {
          const found = alignClock(connection, testimony(offset, lateness));
          expect(found).toBeDefined();
          if (!found) return;
          expect(Math.abs(found.offset - offset)).toBeLessThanOrEqual(found.error + 1e-6);
          expect(found.error).toBeLessThanOrEqual(lateness + 1e-6);
        },
      ),
    );
  });

  it('says nothing of a script that only did things, or only heard of them', () => {
    expect(alignClock(connection, testimony(0, 1).slice(0, 1))).toBeUndefined();
    expect(alignClock(connection, testimony(0, 1).slice(1, 2))).toBeUndefined();
  });
});
