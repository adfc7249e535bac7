import { describe, expect, it } from 'vitest';
import { chunkPlace } from '../../src/derive/chunk-place.ts';
import { readLog } from '../../src/derive/log-reader.ts';
import { hex, WrittenLog } from './written-log.ts';

describe('chunkPlace', () => {
  it('tells frames that came in one piece, and a frame that came in many', () => {
    const [connection] = readLog(
      new WrittenLog()
        .upgraded(1)
        .bytes(1, 'server', hex('81 01 48 81 01 49 81'))
        .bytes(1, 'server', hex('02 4a'))
        .bytes(1, 'server', hex('4b')).events,
    ).connections;
    if (!connection) throw new Error('the log holds no connection');
    expect(connection.frames.map((frame) => chunkPlace(connection, frame))).toEqual([
      { pieces: 1, sharesWithPrevious: false },
      { pieces: 1, sharesWithPrevious: true },
      { pieces: 3, sharesWithPrevious: true },
    ]);
  });
});
