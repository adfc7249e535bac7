import { describe, expect, it } from 'vitest';
import { answerAPing } from '../../../lessons/challenges/blank-socket/answer-a-ping.ts';
import { closeProperly } from '../../../lessons/challenges/blank-socket/close-properly.ts';
import { sendATextFrame } from '../../../lessons/challenges/blank-socket/send-a-text-frame.ts';
import { sendFragments } from '../../../lessons/challenges/blank-socket/send-fragments.ts';
import { typeTheHandshake } from '../../../lessons/challenges/blank-socket/type-the-handshake.ts';
import type { Challenge, Verdict } from '../../../lessons/challenges/challenge.ts';
import { readLog } from '../../../src/derive/log-reader.ts';
import { hex, sampleRequest, sampleResponse, wire, WrittenLog } from '../../derive/written-log.ts';

const judge = (challenge: Challenge, log: WrittenLog): Verdict =>
  challenge.judge(readLog(log.events).connections);
const passed = (challenge: Challenge, log: WrittenLog): boolean => judge(challenge, log).passed;
const missing = (challenge: Challenge, log: WrittenLog): readonly string[] => judge(challenge, log).missing;

/** A connection that a hand has opened, its request typed line by line. */
function typed(request: Uint8Array = sampleRequest): WrittenLog {
  const log = new WrittenLog().open(1, null);
  const lines = new TextDecoder().decode(request).match(/[^\n]*\n/g) ?? [];
  for (const line of lines) log.bytes(1, 'client', new TextEncoder().encode(line));
  return log;
}
const upgraded = (): WrittenLog => typed().bytes(1, 'server', sampleResponse);
const afterClient = (bytes: string): WrittenLog => upgraded().bytes(1, 'client', hex(bytes));

describe('1. Type the handshake', () => {
  it('is passed by lines that break no rule, and not before the 101', () => {
    expect(passed(typeTheHandshake, upgraded())).toBe(true);
    expect(missing(typeTheHandshake, typed())).toEqual(['No answer yet.']);
    expect(missing(typeTheHandshake, new WrittenLog().open(1, null))).toEqual([
      'Nothing of its request has been typed yet.',
    ]);
    expect(passed(typeTheHandshake, new WrittenLog().upgraded(1))).toBe(false);
  });

  it('names the byte at fault', () => {
    const request = wire(
      new TextDecoder().decode(sampleRequest).replaceAll('\r', '').replace('Version: 13', 'Version: 12'),
    );
    const [fault = ''] = missing(typeTheHandshake, typed(request));
    const at = new TextDecoder().decode(request).indexOf('Sec-WebSocket-Version');
    expect(fault).toMatch(new RegExp(`^byte ${String(at)} \\(0x53\\): .*13`));
  });
});

describe('2. Send a text frame', () => {
  it('is passed by a legal frame that was echoed', () => {
    const log = afterClient('81 85 00000000 48656c6c6f');
    expect(missing(sendATextFrame, log)).toEqual(['No echo has come yet.']);
    expect(passed(sendATextFrame, log.bytes(1, 'server', hex('81 05 48656c6c6f')))).toBe(true);
  });

  it.each([
    ['no mask', '81 05 48656c6c6f', /^Frame 1, byte 1 \(0x05\): A client masks every frame\./],
    ['a reserved bit', 'a1 85 00000000 48656c6c6f', /^Frame 1, byte 0 \(0xa1\): RSV1, RSV2 and RSV3 are 0/],
    [
      'a text that is no UTF-8',
      '81 84 00000000 636166e9',
      /^Frame 1, byte 9 \(0xe9\): A text message is valid UTF-8/,
    ],
    [
      'a length that is too large',
      '81 87 00000000 48656c6c6f',
      /^Frame 1 is not finished: byte 1 \(0x87\): the length promises 2 bytes more/,
    ],
    ['a header that is not whole', '81', /^Frame 1 is not finished: its header is not whole/],
    [
      'a length with its top bit',
      '81 ff 8000000000000005 00000000 48',
      /^Frame 1, byte 2 \(0x80\): The top bit/,
    ],
  ])('names the byte at fault: %s', (_, bytes, fault) => {
    expect(missing(sendATextFrame, afterClient(bytes))[0]).toMatch(fault);
  });
});

describe('3. Answer a ping', () => {
  const pinged = (): WrittenLog => upgraded().bytes(1, 'server', hex('89 02 6869'));

  it('is passed by a pong of the same payload, and by nothing else', () => {
    expect(passed(answerAPing, pinged().bytes(1, 'client', hex('8a 82 00000000 6869')))).toBe(true);
    expect(missing(answerAPing, pinged())).toEqual(['No pong has gone out since then.']);
    expect(missing(answerAPing, pinged().bytes(1, 'client', hex('8a 80 00000000')))[0]).toContain(
      'payload is not that of the ping',
    );
    expect(missing(answerAPing, pinged().bytes(1, 'client', hex('0a 82 00000000 6869')))[0]).toMatch(
      /byte 0 \(0x0a\): A control frame is not fragmented/,
    );
    expect(missing(answerAPing, pinged().bytes(1, 'client', hex('8a 83 00000000 6869')))[0]).toContain(
      'the length promises 1 byte more',
    );
  });
});

describe('4. Send a message in fragments', () => {
  it('is passed by two frames that the server echoed as one message', () => {
    const log = afterClient('01 83 00000000 48656c 80 82 00000000 6c6f');
    expect(passed(sendFragments, log)).toBe(false);
    expect(passed(sendFragments, log.bytes(1, 'server', hex('81 05 48656c6c6f')))).toBe(true);
  });

  it('names the byte at fault', () => {
    expect(missing(sendFragments, afterClient('01 83 00000000 48656c 81 82 00000000 6c6f'))[0]).toMatch(
      /^Frame 2, byte 0 \(0x81\): A message is finished before the next one begins/,
    );
    expect(missing(sendFragments, afterClient('01 81 00000000 41 80 81 00000000 ff'))[0]).toMatch(
      /^Frame 2, byte 6 \(0xff\): A text message is valid UTF-8/,
    );
  });
});

describe('5. Close properly', () => {
  it('is passed by 1000, an answer, and the end of TCP', () => {
    const log = afterClient('88 82 00000000 03e8');
    expect(passed(closeProperly, log)).toBe(false);
    expect(passed(closeProperly, log.bytes(1, 'server', hex('88 02 03e8')).end(1, 'server'))).toBe(true);
  });

  it('names the byte at fault', () => {
    expect(missing(closeProperly, afterClient('88 82 00000000 03ed'))[0]).toMatch(
      /^Frame 1, byte 6 \(0x03\): The close code is one that may stand/,
    );
    expect(missing(closeProperly, afterClient('88 82 00000000 03'))[0]).toContain('promises 1 byte more');
  });
});
