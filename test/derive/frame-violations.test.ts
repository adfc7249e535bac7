import { constants, deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Connection } from '../../src/derive/connection.ts';
import { frameViolations, rungViolations } from '../../src/derive/frame-violations.ts';
import { rungsOfConnection } from '../../src/derive/ladder.ts';
import { LogReader, readLog } from '../../src/derive/log-reader.ts';
import { rungDetail, rungLabel } from '../../src/derive/rung-text.ts';
import { encodeFrame } from '../../src/protocol/encode-frame.ts';
import { hex, sampleRequest, sampleResponse, WrittenLog } from './written-log.ts';

const only = (log: WrittenLog): Connection => {
  const [connection] = readLog(log.events).connections;
  if (!connection) throw new Error('the log holds no connection');
  return connection;
};
/** The rules that each frame of a connection breaks. */
const broken = (connection: Connection): string[][] =>
  connection.frames.map((timed) => frameViolations(connection, timed).map(({ rule }) => rule.id));
const ofServer = (bytes: string): Connection =>
  only(new WrittenLog().upgraded(1).bytes(1, 'server', hex(bytes)));

describe('frameViolations', () => {
  it('are those of the frame by itself, and of a text that is no UTF-8', () => {
    expect(broken(ofServer('81 02 6869 83 00'))).toEqual([[], ['reserved-opcode']]);
    expect(broken(ofServer('81 04 636166e9'))).toEqual([['text-utf8']]);
    expect(broken(ofServer('91 01 ff'))).toEqual([['reserved-bits', 'text-utf8']]);
  });

  it('let a binary message, a ping and a continuation of nothing hold any bytes', () => {
    expect(broken(ofServer('82 01 ff 89 01 ff 80 01 ff'))).toEqual([[], [], ['lone-continuation']]);
    expect(broken(ofServer('81 01 61 80 01 ff'))).toEqual([[], ['lone-continuation']]);
  });

  it('blame the fragment in which the bad bytes end, also before the last has come', () => {
    expect(broken(ofServer('01 01 41 00 01 ff 89 00 80 01 42'))).toEqual([[], ['text-utf8'], [], []]);
    expect(broken(ofServer('01 01 41 00 01 ff'))).toEqual([[], ['text-utf8']]);
    expect(broken(ofServer('01 01 e2 80 02 8241'))).toEqual([[], ['text-utf8']]);
  });

  it('let fragments part a character, and judge the end only once it is there', () => {
    expect(broken(ofServer('01 01 c3'))).toEqual([[]]);
    expect(broken(ofServer('01 01 c3 80 01 a9'))).toEqual([[], []]);
    expect(broken(ofServer('01 01 c3 80 00'))).toEqual([['text-utf8'], []]);
  });

  it('change with what comes later, as long as the message is not finished', () => {
    const log = new WrittenLog().upgraded(1).bytes(1, 'server', hex('01 01 c3'));
    const reader = new LogReader();
    const look = (): string[][] => {
      reader.read(log.events);
      const [connection] = reader.view.connections;
      return connection ? broken(connection) : [];
    };
    expect(look()).toEqual([[]]);
    log.bytes(1, 'server', hex('80 01 41'));
    expect(look()).toEqual([[], ['text-utf8']]);
    log.bytes(1, 'server', hex('81 01 ff'));
    expect(look()).toEqual([[], ['text-utf8'], ['text-utf8']]);
  });

  it('of a compressed message are told at its last fragment, each as the log grows', () => {
    const answer = new TextDecoder()
      .decode(sampleResponse)
      .replace(/\r\n$/, 'Sec-WebSocket-Extensions: permessage-deflate\r\n\r\n');
    const compressed = (text: Uint8Array): Uint8Array =>
      deflateRawSync(text, { finishFlush: constants.Z_SYNC_FLUSH }).subarray(0, -4);
    const log = new WrittenLog()
      .open(1)
      .bytes(1, 'client', sampleRequest)
      .bytes(1, 'server', new TextEncoder().encode(answer))
      .bytes(1, 'server', encodeFrame({ opcode: 1, rsv1: true, payload: compressed(hex('68 69')) }));
    const reader = new LogReader();
    const look = (): string[][] => {
      reader.read(log.events);
      const [connection] = reader.view.connections;
      return connection ? broken(connection) : [];
    };
    expect(look()).toEqual([[]]);
    const bad = compressed(hex('63 61 66 e9'));
    log
      .bytes(1, 'server', encodeFrame({ opcode: 1, rsv1: true, fin: false, payload: bad.subarray(0, 2) }))
      .bytes(1, 'server', encodeFrame({ opcode: 0, payload: bad.subarray(2) }));
    expect(look()).toEqual([[], [], ['text-utf8']]);
    log.bytes(1, 'server', hex('c1 01 06'));
    expect(look()).toEqual([[], [], ['text-utf8'], ['compressed-data']]);
  });
});

describe('rungViolations', () => {
  it('are told in the ladder, also of a frame that never gets whole', () => {
    const log = new WrittenLog()
      .upgraded(1)
      .bytes(1, 'server', hex('81 04 636166e9'))
      .bytes(1, 'client', hex('82 ff 8000000000000000 00000000 41'));
    const rungs = rungsOfConnection(only(log)).filter((rung) => rungViolations(rung).length > 0);
    expect(rungs.map(rungLabel)).toEqual([
      "TEXT 'caf\ufffd' [4 bytes] !text-utf8 (e9 and then the end: a character that is not finished)",
      'Unfinished frame !length-top-bit (the top bit is 1)',
    ]);
    expect(rungs.map(rungDetail)).toEqual(['', 'more bytes than JavaScript can count have not come']);
  });
});
