import { describe, expect, it } from 'vitest';
import type { EventStream } from '../../src/derive/event-streams.ts';
import { continuityOf } from '../../src/derive/stream-continuity.ts';

/** A stream with events of these ids. */
function stream(conn: number, ids: readonly string[], parts: Partial<EventStream> = {}): EventStream {
  const range = { start: 0, end: 0 };
  return {
    conn,
    exchange: { index: 1, request: undefined, interim: [], response: undefined, state: 'answering' },
    target: '/labs/x/feed/events',
    askedAt: conn * 1000,
    answeredAt: conn * 1000,
    lastEventId: undefined,
    lines: [],
    events: ids.map((lastEventId) => ({ type: 'message', data: 'x', lastEventId, range })),
    nextLastEventId: ids.at(-1) ?? '',
    retryMs: undefined,
    endedAt: undefined,
    ...parts,
  };
}

describe('continuityOf', () => {
  it('finds nothing wrong with a client that came back for the rest, and says how long it was away', () => {
    const first = stream(1, ['4', '5'], { endedAt: 1900 });
    const second = stream(3, ['6', '7'], { lastEventId: '5' });
    expect(continuityOf([first, second])).toMatchObject({
      ids: [4, 5, 6, 7],
      missing: 0,
      doubled: 0,
      returns: [{ awayMs: 1100 }],
    });
  });

  it('counts what is missing and what came twice', () => {
    expect(continuityOf([stream(1, ['1', '2', '5']), stream(2, ['5', '6'])])).toMatchObject({
      missing: 2,
      doubled: 1,
      returns: [],
    });
  });

  it('takes a client that names something else for a new one, and passes over ids that are no numbers', () => {
    const first = stream(1, ['1'], { endedAt: 1500 });
    expect(continuityOf([first, stream(2, ['x'], { lastEventId: '9' })])).toMatchObject({
      ids: [1],
      returns: [],
    });
    expect(continuityOf([])).toEqual({ ids: [], missing: 0, doubled: 0, returns: [] });
  });
});
