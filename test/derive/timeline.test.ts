import { describe, expect, it } from 'vitest';
import { readLog } from '../../src/derive/log-reader.ts';
import { timeline } from '../../src/derive/timeline.ts';
import { hex, sampleRequest, sampleResponse, WrittenLog } from './written-log.ts';

const momentsOf = (log: WrittenLog, maxFrames?: number) => {
  const [connection] = readLog(log.events).connections;
  if (!connection) throw new Error('the log holds no connection');
  return timeline(connection, maxFrames);
};

describe('timeline', () => {
  it('tells a connection from TCP to its end, in milliseconds since it was accepted', () => {
    const log = new WrittenLog()
      .upgraded(1)
      .bytes(1, 'client', hex('818537fa213d7f9f4d5158'))
      .end(1, 'client');
    expect(momentsOf(log).map(({ kind, from, at, byteCount }) => ({ kind, from, at, byteCount }))).toEqual([
      { kind: 'accepted', from: 'client', at: 0, byteCount: 0 },
      { kind: 'request', from: 'client', at: 1, byteCount: sampleRequest.length },
      { kind: 'response', from: 'server', at: 2, byteCount: sampleResponse.length },
      { kind: 'open', from: 'server', at: 2, byteCount: 0 },
      { kind: 'frame', from: 'client', at: 3, byteCount: 11 },
      { kind: 'end', from: 'client', at: 4, byteCount: 0 },
    ]);
  });

  it('calls the handshake done when the 101 has left the link, not when it entered', () => {
    const log = new WrittenLog()
      .open(1)
      .bytes(1, 'client', sampleRequest)
      .bytes(1, 'server', sampleResponse, 50);
    const open = momentsOf(log).find(({ kind }) => kind === 'open');
    expect(open?.at).toBe(50);
  });

  it('shows no open while the link still holds the 101, and none after a refusal', () => {
    const held = new WrittenLog()
      .open(1)
      .bytes(1, 'client', sampleRequest)
      .bytes(1, 'server', sampleResponse, null);
    expect(momentsOf(held).map(({ kind }) => kind)).toEqual(['accepted', 'request', 'response']);
  });

  it('stops at as many frames as asked for, but keeps the end', () => {
    const log = new WrittenLog().upgraded(1);
    for (let count = 0; count < 5; count++) log.bytes(1, 'server', hex('810548656c6c6f'));
    const kinds = momentsOf(log.end(1, 'link', 'rst'), 2).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'frame')).toHaveLength(2);
    expect(kinds.at(-1)).toBe('end');
  });
});
