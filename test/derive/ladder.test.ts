import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { perfectLink } from '../../src/contract/conditions.ts';
import type { ScriptEvent } from '../../src/derive/align-clock.ts';
import { ladder, rungsOfConnection } from '../../src/derive/ladder.ts';
import { readLog } from '../../src/derive/log-reader.ts';
import type { Rung } from '../../src/derive/rung.ts';
import { hex, sampleRequest, sampleResponse, WrittenLog } from './written-log.ts';

const rungsOf = (log: WrittenLog): Rung[] => {
  const [connection] = readLog(log.events).connections;
  if (!connection) throw new Error('the log holds no connection');
  return rungsOfConnection(connection);
};

const text = hex('81 85 37fa213d 7f9f4d5158');
const close = hex('88 82 00000000 03e8');

describe('The rungs of a connection', () => {
  it('are all that happened on it, each in its phase', () => {
    const log = new WrittenLog()
      .upgraded(1)
      .bytes(1, 'client', text)
      .bytes(1, 'client', close)
      .bytes(1, 'server', hex('88 02 03e8'))
      .end(1, 'server');
    expect(rungsOf(log).map(({ id, phase, begins }) => [id, phase, begins])).toEqual([
      ['1.accepted', 'tcp', true],
      ['1.request', 'opening', true],
      ['1.response', 'opening', false],
      ['1.open', 'open', true],
      ['1.1', 'open', false],
      ['1.2', 'closing', true],
      ['1.3', 'closing', false],
      ['1.end', 'closed', true],
    ]);
  });

  it('count the bytes that crossed, all of them once', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(text, close), { maxLength: 8 }), (frames) => {
        const log = new WrittenLog().upgraded(1);
        for (const frame of frames) log.bytes(1, 'client', frame);
        const sent = sampleRequest.length + frames.reduce((sum, frame) => sum + frame.length, 0);
        const client = rungsOf(log).filter(({ from }) => from === 'client');
        expect(client.reduce((sum, { byteCount }) => sum + byteCount, 0)).toBe(sent);
      }),
    );
  });

  it('show a request and a frame that were never finished', () => {
    const cutRequest = rungsOf(
      new WrittenLog().open(1).bytes(1, 'client', sampleRequest.subarray(0, 20)).end(1, 'client'),
    );
    expect(cutRequest.map(({ what }) => what)).toContainEqual({
      kind: 'unfinished',
      of: 'request',
      missingBytes: undefined,
    });
    const cutFrame = rungsOf(
      new WrittenLog().upgraded(1).bytes(1, 'client', text.subarray(0, 8)).end(1, 'client'),
    );
    expect(cutFrame.find(({ what }) => what.kind === 'unfinished')).toMatchObject({
      id: '1.unfinished-client',
      byteCount: 8,
      what: { of: 'frame', missingBytes: 3 },
    });
  });

  it('show what stands behind a response that is not 101', () => {
    const response = hex(
      Buffer.from('HTTP/1.1 426 Upgrade Required\r\nContent-Length: 2\r\n\r\nno').toString('hex'),
    );
    const rungs = rungsOf(
      new WrittenLog().open(1).bytes(1, 'client', sampleRequest).bytes(1, 'server', response),
    );
    expect(rungs.map(({ what, byteCount }) => [what.kind, byteCount])).toEqual([
      ['accepted', 0],
      ['request', sampleRequest.length],
      ['response', response.length - 2],
      ['body', 2],
    ]);
  });

  it('tell the place of each fragment, with control frames between them', () => {
    const log = new WrittenLog()
      .upgraded(1)
      .bytes(1, 'client', hex('01 81 00000000 48'))
      .bytes(1, 'client', hex('89 80 00000000'))
      .bytes(1, 'client', hex('00 81 00000000 49'))
      .bytes(1, 'client', hex('80 81 00000000 4a'))
      .bytes(1, 'client', text);
    const places = rungsOf(log).flatMap(({ what }) => (what.kind === 'frame' ? [what.fragment?.place] : []));
    expect(places).toEqual(['first', undefined, 'middle', 'last', undefined]);
  });

  it('calls the handshake done when the 101 has left the link, and not before', () => {
    const slow = new WrittenLog()
      .open(1)
      .bytes(1, 'client', sampleRequest)
      .bytes(1, 'server', sampleResponse, 50);
    expect(rungsOf(slow).find(({ what }) => what.kind === 'open')?.at).toBe(50);
    const held = new WrittenLog()
      .open(1)
      .bytes(1, 'client', sampleRequest)
      .bytes(1, 'server', sampleResponse, null);
    expect(rungsOf(held).map(({ what }) => what.kind)).not.toContain('open');
  });
});

describe('ladder', () => {
  it('puts connections, imposed conditions and what the script saw into one order of time', () => {
    const log = new WrittenLog().upgraded(1).bytes(1, 'client', text).bytes(1, 'server', hex('81 01 48'));
    const view = readLog([
      ...log.events,
      { seq: 90, at: 4.5, type: 'conditions', conditions: { ...perfectLink, upgrade: 'strip' } },
    ]);
    const [connection] = view.connections;
    if (!connection) throw new Error('the log holds no connection');
    // The page's clock runs 100 ms behind the lab's.
    const event = (what: ScriptEvent['what'], at: number): ScriptEvent => ({
      at: at + 100,
      what,
      readyState: 1,
      bufferedAmount: 0,
      detail: '',
    });
    const events = [
      event('new WebSocket()', 0),
      event('open', 2.5),
      event('send()', 2.75),
      event('message', 5),
    ];
    const rungs = ladder(view, view.connections, [{ connection, events }]);
    const order = rungs.map(({ what }) => (what.kind === 'script' ? what.event.what : what.kind));
    expect(order.filter((name) => name !== 'accepted' && name !== 'new WebSocket()')).toEqual([
      'request',
      'response',
      'open',
      'open',
      'send()',
      'frame',
      'frame',
      'conditions',
      'message',
    ]);
    expect(rungs.map(({ at }) => at)).toEqual(rungs.map(({ at }) => at).toSorted((a, b) => a - b));
  });

  it('leaves out a script whose clock nothing ties to the wire', () => {
    const view = readLog(new WrittenLog().open(1).events);
    const [connection] = view.connections;
    if (!connection) throw new Error('the log holds no connection');
    const events: ScriptEvent[] = [{ at: 0, what: 'error', readyState: 3, bufferedAmount: 0, detail: '' }];
    const rungs = ladder(view, view.connections, [{ connection, events }]);
    expect(rungs.map(({ what }) => what.kind)).toEqual(['accepted']);
  });
});
