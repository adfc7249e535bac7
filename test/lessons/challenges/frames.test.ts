import { describe, expect, it } from 'vitest';
import { pingBetweenFragments } from '../../../lessons/challenges/ping-between-fragments.ts';
import { tornHeader } from '../../../lessons/challenges/torn-header.ts';
import { readLog } from '../../../src/derive/log-reader.ts';
import { concat, hex } from '../../protocol/hex.ts';
import { WrittenLog } from '../../derive/written-log.ts';

const verdict = (challenge: typeof tornHeader, log: WrittenLog) =>
  challenge.judge(readLog(log.events).connections);

describe('A header of 8 bytes, torn in two', () => {
  const payload = new Uint8Array(126).fill(0x61);
  const frame = concat(hex('82 fe 00 7e 00 00 00 00'), payload);
  const echo = concat(hex('82 7e 00 7e'), payload);
  const sent = (...cuts: number[]): WrittenLog => {
    const log = new WrittenLog().upgraded(1);
    [...cuts, frame.length].reduce((from, to) => {
      log.bytes(1, 'client', frame.subarray(from, to));
      return to;
    }, 0);
    return log;
  };

  it('asks for a frame first', () => {
    expect(verdict(tornHeader, new WrittenLog().upgraded(1))).toMatchObject({ passed: false, seen: [] });
  });

  it.each([1, 3, 7])('is passed by a cut before byte %i, once it was echoed', (cut) => {
    expect(verdict(tornHeader, sent(cut)).missing).toEqual(['The server has not echoed it.']);
    expect(verdict(tornHeader, sent(cut).bytes(1, 'server', echo))).toMatchObject({
      passed: true,
      missing: [],
    });
  });

  it.each([8, 20])('is not passed by a cut before byte %i: the header came whole', (cut) => {
    const log = sent(cut).bytes(1, 'server', echo);
    expect(verdict(tornHeader, log).missing).toEqual(['Its header came in one piece.']);
  });

  it('is not passed by a cut between two frames', () => {
    const log = sent().bytes(1, 'server', echo).bytes(1, 'client', frame);
    expect(verdict(tornHeader, log).missing).toEqual(['Its header came in one piece.']);
  });

  it('names the rule that a frame with such a header breaks', () => {
    const log = new WrittenLog()
      .upgraded(1)
      .bytes(1, 'client', hex('82'))
      .bytes(1, 'client', hex('fe 00 01 00 00 00 00 61'))
      .bytes(1, 'server', hex('82 01 61'));
    expect(verdict(tornHeader, log).missing).toEqual([
      'It breaks a rule: The payload length is written in the fewest bytes that hold it. (RFC 6455 §5.2)',
    ]);
  });

  it('is not passed by what the server sends, nor by an echo of something else', () => {
    expect(verdict(tornHeader, new WrittenLog().upgraded(1).bytes(1, 'server', echo)).passed).toBe(false);
    const other = concat(hex('82 7e 00 7e'), new Uint8Array(126));
    expect(verdict(tornHeader, sent(3).bytes(1, 'server', other)).passed).toBe(false);
  });
});

describe('Three fragments and a ping', () => {
  const first = '0181 00000000 61';
  const middle = '0081 00000000 62';
  const last = '8081 00000000 63';
  const ping = '8980 00000000';
  const crossing = (...steps: ['client' | 'server', string][]): WrittenLog => {
    const log = new WrittenLog().upgraded(1);
    for (const [from, digits] of steps) log.bytes(1, from, hex(digits.replaceAll(' ', '')));
    return log;
  };
  const judge = (...steps: Parameters<typeof crossing>) => verdict(pingBetweenFragments, crossing(...steps));

  it('is passed with the ping after the first or the second frame', () => {
    expect(
      judge(
        ['client', first],
        ['client', ping],
        ['server', '8a00'],
        ['client', middle],
        ['client', last],
        ['server', '8103616263'],
      ),
    ).toMatchObject({ passed: true, missing: [] });
    expect(
      judge(
        ['client', first],
        ['client', middle],
        ['client', ping],
        ['client', last],
        ['server', '8a00'],
        ['server', '8103616263'],
      ),
    ).toMatchObject({ passed: true });
  });

  it('asks for a message, and for its end', () => {
    expect(judge().missing).toEqual(['No text message has been sent yet.']);
    expect(judge(['client', first], ['client', ping], ['server', '8a00']).missing).toEqual([
      'The closest message is not finished: its last frame needs FIN.',
      'The message has not been echoed.',
    ]);
  });

  it('is not passed by two frames, nor by a ping outside of the message', () => {
    expect(
      judge(['client', first], ['client', ping], ['server', '8a00'], ['client', last], ['server', '81026163'])
        .missing,
    ).toEqual(['The closest message went out in 2 frames, not in 3.']);
    expect(
      judge(
        ['client', first],
        ['client', middle],
        ['client', last],
        ['client', ping],
        ['server', '8a00'],
        ['server', '8103616263'],
      ).missing,
    ).toContain('There was no ping between its fragments.');
  });

  it('is not passed where the echo came before the pong, nor where a rule was broken', () => {
    expect(
      judge(
        ['client', first],
        ['client', ping],
        ['client', middle],
        ['client', last],
        ['server', '8103616263'],
        ['server', '8a00'],
      ).missing,
    ).toEqual(['The pong for that ping did not come before the echo.']);
    expect(
      judge(
        ['client', first],
        ['client', '8900'],
        ['server', '8a00'],
        ['client', middle],
        ['client', last],
        ['server', '8103616263'],
      ).missing,
    ).toEqual(['The connection broke a rule: A client masks every frame. (RFC 6455 §5.1, §5.3)']);
  });
});
