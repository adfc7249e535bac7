import { describe, expect, it } from 'vitest';
import { answer426 } from '../../../lessons/challenges/answer-426.ts';
import { chatByHand } from '../../../lessons/challenges/chat-by-hand.ts';
import { longerHeader } from '../../../lessons/challenges/longer-header.ts';
import { readLog } from '../../../src/derive/log-reader.ts';
import { sampleRequest, sampleResponse, wire, WrittenLog } from '../../derive/written-log.ts';

const refusal = (status: string) => wire(`HTTP/1.1 ${status}\nContent-Length: 0\n\n`);
const text = new TextDecoder().decode(sampleRequest).replaceAll('\r\n', '\n');
const offering = (subprotocols: string) =>
  wire(text.replace('\n\n', `\nSec-WebSocket-Protocol: ${subprotocols}\n\n`));
const judge = (challenge: typeof answer426, log: WrittenLog) =>
  challenge.judge(readLog(log.events).connections);

describe('Make the server answer 426', () => {
  it('is not passed by an empty lab, nor by another refusal, and says what was answered', () => {
    expect(judge(answer426, new WrittenLog())).toMatchObject({ passed: false, seen: [] });
    const log = new WrittenLog()
      .open(1)
      .bytes(1, 'client', sampleRequest)
      .bytes(1, 'server', refusal('403 Forbidden'));
    expect(judge(answer426, log)).toMatchObject({ passed: false, seen: ['Answers so far: 403.'] });
  });

  it('is passed by a 426 on the wire', () => {
    const log = new WrittenLog()
      .open(1)
      .bytes(1, 'client', sampleRequest)
      .bytes(1, 'server', refusal('426 Upgrade Required'));
    expect(judge(answer426, log)).toMatchObject({ passed: true, missing: [] });
  });
});

describe('Shake hands yourself, and offer chat', () => {
  const byHand = (request: Uint8Array, response: Uint8Array, path: string | null = null) =>
    new WrittenLog().open(1, path).bytes(1, 'client', request).bytes(1, 'server', response);

  it('is passed by a legal handshake over the raw bridge that offers chat among others', () => {
    expect(judge(chatByHand, byHand(offering('superchat, chat'), sampleResponse))).toMatchObject({
      passed: true,
    });
  });

  it('is not passed by a browser that does the same', () => {
    expect(judge(chatByHand, byHand(offering('chat'), sampleResponse, '/labs/x/echo')).passed).toBe(false);
  });

  it('names what is missing: the offer, a rule, the 101', () => {
    expect(judge(chatByHand, byHand(sampleRequest, sampleResponse)).missing).toEqual([
      'It offers no subprotocol: chat is missing.',
    ]);
    const http10 = wire(
      new TextDecoder().decode(offering('chat')).replaceAll('\r\n', '\n').replace('HTTP/1.1', 'HTTP/1.0'),
    );
    expect(judge(chatByHand, byHand(http10, sampleResponse)).missing).toHaveLength(1);
    expect(judge(chatByHand, byHand(offering('chat'), refusal('426 Upgrade Required'))).missing).toEqual([
      'The server answered 426, not 101.',
    ]);
  });

  it('judges the best attempt, not the last', () => {
    const log = byHand(offering('chat'), sampleResponse)
      .open(2, null)
      .bytes(2, 'client', wire('nonsense\n\n'));
    expect(judge(chatByHand, log).passed).toBe(true);
  });
});

describe('The shortest message with a longer header', () => {
  /** A masked text frame with a masking-key of zeros. */
  const frame = (length: number): Uint8Array => {
    const header = length < 126 ? [0x81, 0x80 | length] : [0x81, 0xfe, length >> 8, length & 0xff];
    return Uint8Array.from([...header, 0, 0, 0, 0, ...new Uint8Array(length).fill(0x61)]);
  };
  const sending = (length: number) => new WrittenLog().upgraded(1).bytes(1, 'client', frame(length));

  it('is not passed by a message of 125 bytes, whose header has 6', () => {
    expect(judge(longerHeader, sending(125))).toMatchObject({ passed: false, seen: [] });
  });

  it('says that a longer one is not the shortest', () => {
    expect(judge(longerHeader, sending(127))).toMatchObject({
      passed: false,
      missing: ['A shorter message has a longer header too.'],
    });
  });

  it('is passed by 126 bytes, and not by what the server sends', () => {
    expect(judge(longerHeader, sending(126))).toMatchObject({ passed: true, missing: [] });
    const echo = Uint8Array.from([0x81, 0x7e, 0, 126, ...new Uint8Array(126)]);
    expect(judge(longerHeader, new WrittenLog().upgraded(1).bytes(1, 'server', echo)).passed).toBe(false);
  });
});
