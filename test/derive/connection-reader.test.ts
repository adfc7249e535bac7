import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readLog } from '../../src/derive/log-reader.ts';
import { hex, sampleRequest, sampleResponse, wire, WrittenLog } from './written-log.ts';

const one = (log: WrittenLog) => {
  const [connection] = readLog(log.events).connections;
  if (!connection) throw new Error('the log holds no connection');
  return connection;
};

const hello = hex('81 85 37fa213d 7f9f4d5158');
const helloBack = hex('81 05 48656c6c6f');

describe('ConnectionReader', () => {
  it('reads both heads of a handshake and calls it open after the 101', () => {
    const connection = one(new WrittenLog().upgraded(1));
    expect(connection.request?.bytes).toEqual(sampleRequest);
    expect(connection.response?.statusCode).toBe(101);
    expect(connection.handshake).toBe('open');
  });

  it('reads frames of both sides after the handshake, with their place in each stream', () => {
    const log = new WrittenLog().upgraded(1).bytes(1, 'client', hello).bytes(1, 'server', helloBack);
    const { frames } = one(log);
    expect(frames.map(({ from, index, range }) => ({ from, index, range }))).toEqual([
      { from: 'client', index: 1, range: { start: sampleRequest.length, end: sampleRequest.length + 11 } },
      { from: 'server', index: 2, range: { start: sampleResponse.length, end: sampleResponse.length + 7 } },
    ]);
    expect(new TextDecoder().decode(frames[0]?.frame.payload)).toBe('Hello');
  });

  it('gives the same frames however the bytes are cut into chunks', () => {
    const client = Uint8Array.from([...sampleRequest, ...hello, ...hello]);
    const server = Uint8Array.from([...sampleResponse, ...helloBack, ...helloBack]);
    fc.assert(
      fc.property(
        fc.array(fc.nat(client.length)),
        fc.array(fc.nat(server.length)),
        (clientCuts, serverCuts) => {
          const log = new WrittenLog().open(1);
          for (const piece of pieces(client, clientCuts)) log.bytes(1, 'client', piece);
          for (const piece of pieces(server, serverCuts)) log.bytes(1, 'server', piece);
          const { frames, handshake } = one(log);
          expect(handshake).toBe('open');
          expect(frames.filter(({ from }) => from === 'client').map(({ range }) => range.end)).toEqual([
            client.length - 11,
            client.length,
          ]);
          expect(frames.filter(({ from }) => from === 'server')).toHaveLength(2);
        },
      ),
    );
  });

  it('understands frames that a client sends before the 101 has come, once it has', () => {
    const log = new WrittenLog()
      .open(1)
      .bytes(1, 'client', Uint8Array.from([...sampleRequest, ...hello]))
      .bytes(1, 'server', sampleResponse);
    expect(one(log).frames).toHaveLength(1);
  });

  it('keeps the body of a refusal and reads no frames in it', () => {
    const log = new WrittenLog()
      .open(1)
      .bytes(1, 'client', sampleRequest)
      .bytes(1, 'server', wire('HTTP/1.1 403 Forbidden\nContent-Length: 2\n\nno'))
      .bytes(1, 'server', hex('8100'));
    const connection = one(log);
    expect(connection.handshake).toBe('refused');
    expect(new TextDecoder().decode(connection.responseBody.subarray(0, 2))).toBe('no');
    expect(connection.responseBody).toHaveLength(4);
    expect(connection.frames).toEqual([]);
  });

  it('shows what has come of a request that is not whole', () => {
    const connection = one(new WrittenLog().open(1, null).bytes(1, 'client', wire('GET / HTTP/1.1\nHo')));
    expect(connection.request).toBeUndefined();
    expect(connection.requestPending).toEqual(wire('GET / HTTP/1.1\nHo'));
    expect(connection.handshake).toBe('waiting');
  });

  it('calls a handshake unanswered when the connection ends before a response', () => {
    const log = new WrittenLog().open(1).bytes(1, 'client', sampleRequest).end(1, 'link', 'rst');
    expect(one(log)).toMatchObject({ handshake: 'unanswered', end: { by: 'link', how: 'rst' } });
  });

  it('keeps the first end of a connection, not the answer to it', () => {
    const log = new WrittenLog().upgraded(1).end(1, 'server').end(1, 'client');
    expect(one(log).end).toMatchObject({ by: 'server', how: 'fin' });
  });

  it('gives a frame its time of leaving when the link lets go of its last byte', () => {
    const log = new WrittenLog().upgraded(1).bytes(1, 'client', hello, null);
    expect(one(log).frames[0]).toMatchObject({ at: 3, due: undefined });
    expect(one(log.left(1, 4)).frames[0]).toMatchObject({ at: 3, due: 4 });
  });

  it('knows which bytes the link swallowed: those that it held', () => {
    const log = new WrittenLog()
      .upgraded(1)
      .bytes(1, 'client', hello)
      .bytes(1, 'client', hello, null)
      .bytes(1, 'server', hex('81 02 6869'), null)
      .lost(1, 'client', hello.length);
    const connection = one(log);
    expect(connection.frames.map(({ from, due, isLost }) => [from, due, isLost])).toEqual([
      ['client', 3, false],
      ['client', undefined, true],
      ['server', undefined, false],
    ]);
    expect(connection.end).toBeUndefined();
  });

  it('gives a frame up of which a part has left, where the rest is lost', () => {
    const log = new WrittenLog().upgraded(1).bytes(1, 'client', hello, null);
    log.events.push({ seq: 5, at: 4, type: 'left', conn: 1, of: 4, byteCount: 3 });
    expect(one(log).frames[0]).toMatchObject({ due: undefined, isLost: false });
    log.lost(1, 'client', hello.length - 3);
    expect(one(log).frames[0]).toMatchObject({ due: undefined, isLost: true });
    expect(
      one(log)
        .client.chunks.slice(1)
        .map(({ bytes, due }) => [bytes.length, due]),
    ).toEqual([
      [3, 4],
      [hello.length - 3, undefined],
    ]);
  });

  it('lets a frame that left in pieces arrive with the last of them', () => {
    const log = new WrittenLog().upgraded(1).bytes(1, 'client', hello, null);
    log.events.push(
      { seq: 5, at: 10, type: 'left', conn: 1, of: 4, byteCount: 1 },
      { seq: 6, at: 20, type: 'left', conn: 1, of: 4, byteCount: 1 },
      { seq: 7, at: 30, type: 'left', conn: 1, of: 4 },
    );
    expect(one(log).frames[0]).toMatchObject({ at: 3, due: 30, isLost: false });
  });

  it('adds up what the link swallowed', () => {
    expect(
      one(new WrittenLog().upgraded(1).lost(1, 'client', 42).lost(1, 'client', 8)).client.lostByteCount,
    ).toBe(50);
  });
});

/** Cuts bytes at the given offsets. */
function pieces(bytes: Uint8Array, cuts: number[]): Uint8Array[] {
  const edges = [0, ...cuts.toSorted((one, other) => one - other), bytes.length];
  return edges.slice(1).map((end, index) => bytes.subarray(edges[index], end));
}
