import { describe, expect, it } from 'vitest';
import { readLog } from '../../src/derive/log-reader.ts';
import { judgeConnection, judgeStream } from '../../src/derive/stream-verdict.ts';
import { hex, WrittenLog } from './written-log.ts';

const zeroKey = '00000000';
const hi = `8182${zeroKey}6869`;
const nonMinimal = `81fe0002${zeroKey}6869`;
const echo = '81026869';

const judged = (log: WrittenLog) => {
  const [connection] = readLog(log.events).connections;
  if (!connection) throw new Error('the log holds no connection');
  return judgeConnection(connection);
};
const crossing = (...frames: ['client' | 'server', string][]): WrittenLog => {
  const log = new WrittenLog().upgraded(1);
  for (const [from, digits] of frames) log.bytes(1, from, hex(digits));
  return log;
};

describe('judgeStream', () => {
  it('names the rules in the order in which a receiver can notice them', () => {
    // The first fragment breaks nothing by itself; that it is not UTF-8 shows when the second one ends the message.
    const { broken } = judgeStream(hex(`0181${zeroKey}ff a000 8080${zeroKey}`), 'client');
    expect(broken.map(({ rule, frameIndex }) => [rule.id, frameIndex])).toEqual([
      ['reserved-bits', 1],
      ['client-masks', 1],
      ['text-utf8', 1],
      ['lone-continuation', 2],
    ]);
  });

  it('judges a header whose payload has not come, and says what is still to come', () => {
    const { broken, pending, frames } = judgeStream(hex(`89fe007e${zeroKey}61`), 'client');
    expect(broken.map(({ rule, frameIndex }) => [rule.id, frameIndex])).toEqual([['control-too-long', 0]]);
    expect(pending?.missingBytes).toBe(125);
    expect(frames).toEqual([]);
  });

  it('knows a message that is not finished, and a stream that is at rest', () => {
    expect(judgeStream(hex(`0180${zeroKey}`), 'client').isMessageOpen).toBe(true);
    expect(judgeStream(hex(hi), 'client')).toMatchObject({
      isMessageOpen: false,
      pending: undefined,
      broken: [],
    });
    expect(judgeStream(hex(''), 'client')).toMatchObject({ frames: [], broken: [] });
  });
});

describe('judgeConnection', () => {
  it('has nothing to compare before anything was sent, nor while the server is silent', () => {
    expect(judged(crossing())).toMatchObject({ server: { kind: 'silent' }, compared: 'open' });
    expect(judged(crossing(['client', nonMinimal])).compared).toBe('open');
  });

  it('agrees with a server that answers what is legal, and with one that answers a Close', () => {
    expect(judged(crossing(['client', hi], ['server', echo]))).toMatchObject({
      server: { kind: 'answered' },
      compared: 'agree',
    });
    const close = crossing(['client', `8882${zeroKey}03e8`], ['server', '880203e8']);
    expect(judged(close)).toMatchObject({
      server: { kind: 'closed', closeCode: 1000, failed: false },
      compared: 'agree',
    });
  });

  it('agrees with a server that fails with the code of the rule, and tells another code apart', () => {
    const unmasked = '81026869';
    expect(judged(crossing(['client', unmasked], ['server', '880203ea']))).toMatchObject({
      server: { kind: 'closed', closeCode: 1002, failed: true },
      compared: 'agree',
    });
    expect(judged(crossing(['client', unmasked], ['server', '880203f1'])).compared).toBe('other code');
    expect(judged(crossing(['client', unmasked]).end(1, 'server', 'rst'))).toMatchObject({
      server: { kind: 'gone' },
      compared: 'other code',
    });
  });

  it('calls a server laxer only by what it sent after the frame that is broken', () => {
    const before = crossing(['client', hi], ['server', echo], ['client', nonMinimal]);
    expect(judged(before).compared).toBe('open');
    expect(judged(before.bytes(1, 'server', hex(echo))).compared).toBe('laxer');
  });

  it('does not take the answer to an illegal Close for an answer', () => {
    const close1005 = `8882${zeroKey}03ed`;
    expect(judged(crossing(['client', close1005], ['server', '880203ea']))).toMatchObject({
      server: { failed: true },
      compared: 'agree',
    });
    expect(judged(crossing(['client', close1005], ['server', '880203ed']))).toMatchObject({
      server: { failed: false },
      compared: 'laxer',
    });
  });

  it('calls a server stricter that fails over what is legal, and reads an empty Close as 1005', () => {
    expect(judged(crossing(['client', hi], ['server', '8800']))).toMatchObject({
      server: { kind: 'closed', closeCode: 1005, closeReason: '' },
      compared: 'stricter',
    });
  });

  it('judges nothing of the request, however its bytes came', () => {
    const log = new WrittenLog().open(1);
    const [, request, response] = new WrittenLog().upgraded(1).events;
    if (request?.type !== 'bytes' || response?.type !== 'bytes') throw new Error('no handshake');
    log.bytes(1, 'client', request.bytes.subarray(0, 10)).bytes(1, 'client', request.bytes.subarray(10));
    log.bytes(1, 'server', response.bytes).bytes(1, 'client', hex(hi)).bytes(1, 'server', hex(echo));
    expect(judged(log)).toMatchObject({ client: { broken: [] }, compared: 'agree' });
  });
});
