import { describe, expect, it } from 'vitest';
import { resumeEvents } from '../../../lessons/challenges/resume-events.ts';
import { readLog } from '../../../src/derive/log-reader.ts';
import { wire, WrittenLog } from '../../derive/written-log.ts';

const head = wire('HTTP/1.1 200 OK\nContent-Type: text/event-stream\n\n');
const request = (had: number | undefined): Uint8Array =>
  wire(
    `GET /labs/x/feed/events HTTP/1.1\nAccept: text/event-stream\n${had === undefined ? '' : `Last-Event-ID: ${String(had)}\n`}\n`,
  );
const events = (ids: readonly number[]): Uint8Array =>
  new TextEncoder().encode(ids.map((id) => `id: ${String(id)}\ndata: x\n\n`).join(''));

interface Visit {
  had?: number;
  ids: readonly number[];
  ends?: boolean;
}

/** Judges a client that asked so often, naming what it had, and got these events. */
function judge(...visits: Visit[]) {
  const log = new WrittenLog();
  for (const [index, { had, ids, ends = true }] of visits.entries()) {
    const conn = index + 1;
    log.open(conn, '/labs/x/feed/events').bytes(conn, 'client', request(had)).bytes(conn, 'server', head);
    log.bytes(conn, 'server', events(ids));
    if (ends) log.end(conn, 'client');
  }
  return resumeEvents.judge(readLog(log.events).connections);
}

describe('Come back and miss nothing', () => {
  it('is passed by three events before the break and the three that follow', () => {
    expect(judge({ ids: [4, 5, 6] }, { had: 6, ids: [7, 8, 9], ends: false })).toMatchObject({
      passed: true,
      missing: [],
    });
    expect(judge({ ids: [1] }, { ids: [2, 3, 4] }, { had: 4, ids: [5, 6, 7, 8] }).passed).toBe(true);
  });

  it('names the first step that is missing', () => {
    expect(judge().missing).toEqual(['Nobody has asked for the events of the feed yet.']);
    expect(judge({ ids: [1, 2, 3], ends: false }).missing.join()).toContain('has not ended yet');
    expect(judge({ ids: [1, 2, 3] }, { ids: [4, 5, 6] }).missing.join()).toContain('nobody has come back');
  });

  it('is not passed where too little was heard, before or after', () => {
    expect(judge({ ids: [1, 2] }, { had: 2, ids: [3, 4, 5] }).missing).toEqual([
      'Connection 1 brought 2 events before it ended; 3 are needed.',
    ]);
    expect(judge({ ids: [1, 2, 3] }, { had: 3, ids: [4] }).missing).toEqual([
      'It has brought 1 event since; 3 are needed.',
    ]);
  });

  it('is not passed by a hole, nor by events that come twice', () => {
    for (const [had, ids] of [
      [3, [5, 6, 7]],
      [3, [3, 4, 5]],
      [3, [4, 6, 7]],
    ] as const) {
      expect(judge({ ids: [1, 2, 3] }, { had, ids }).missing.join()).toContain('does not follow');
    }
    expect(judge({ ids: [1, 2, 3] }, { had: 2, ids: [3, 4, 5] }).missing.join()).toContain(
      'the last event that had arrived is 3',
    );
  });
});
