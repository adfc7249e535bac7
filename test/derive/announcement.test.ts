import { describe, expect, it } from 'vitest';
import { announcement } from '../../src/derive/announcement.ts';
import { rungsOfConnection } from '../../src/derive/ladder.ts';
import { readLog } from '../../src/derive/log-reader.ts';
import { hex, WrittenLog } from './written-log.ts';

const log = new WrittenLog().upgraded(1).bytes(1, 'client', hex('83 80 00000000'));
for (let count = 0; count < 3; count++) log.bytes(1, 'server', hex('81 02 6869'));
const [connection] = readLog(log.end(1, 'client').events).connections;
if (!connection) throw new Error('the log holds no connection');
const rungs = rungsOfConnection(connection);
const frames = rungs.filter(({ what }) => what.kind === 'frame');

describe('announcement', () => {
  it('says nothing of nothing', () => {
    expect(announcement([])).toBe('');
  });

  it('says one or two things as sentences', () => {
    expect(announcement(frames.slice(1, 2))).toBe(
      "connection 1, Server to client: TEXT 'hi' [2 bytes], 4 bytes on the wire.",
    );
    expect(announcement(frames.slice(1, 3)).match(/Server to client/g)).toHaveLength(2);
  });

  it('sums up when it is busy', () => {
    expect(announcement(rungs)).toBe(
      '9 events; 4 frames: 1 from the client, 3 from the server; 1 of them illegal; 1 connection ended.',
    );
  });
});
