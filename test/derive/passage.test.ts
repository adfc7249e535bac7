import { describe, expect, it } from 'vitest';
import { readLog } from '../../src/derive/log-reader.ts';
import { passageOf, type Passage } from '../../src/derive/passage.ts';
import { encodeFrame } from '../../src/protocol/encode-frame.ts';
import { WrittenLog } from './written-log.ts';

const payload = new TextEncoder().encode('hi');
const text = encodeFrame({ opcode: 1, payload, maskingKey: Uint8Array.of(1, 2, 3, 4) });
const ping = encodeFrame({ opcode: 9, maskingKey: Uint8Array.of(1, 2, 3, 4) });

function passage(log: WrittenLog): Passage | undefined {
  const { connections, imposed } = readLog(log.events);
  return connections[0] && passageOf(connections[0], imposed);
}

/** A connection whose client sends a message at each first time, which leaves the link at the second. */
function messages(times: readonly (readonly [at: number, due: number | undefined])[]): WrittenLog {
  const log = new WrittenLog().upgraded(1);
  for (const [at, due] of times) {
    const seq = log.events.length + 1;
    const leaves = due === undefined ? {} : { due };
    log.events.push({ seq, at, ...leaves, type: 'bytes', conn: 1, from: 'client', bytes: text });
  }
  return log;
}

describe('passageOf', () => {
  it('counts messages that were sent and that arrived, and no control frames', () => {
    const log = new WrittenLog().upgraded(1).bytes(1, 'client', text).bytes(1, 'client', ping);
    log.bytes(1, 'client', text, null);
    expect(passage(log)?.client).toMatchObject({ sent: 2, arrived: 1, lostBytes: 0 });
    expect(passage(log)?.server).toMatchObject({ sent: 0, arrived: 0, slowestMs: undefined });
  });

  it('finds messages that waited behind one that was lost', () => {
    const log = messages([
      [100, 320],
      [150, 320],
      [200, 321],
      [400, 420],
      [402, 421],
    ]);
    expect(passage(log)?.client).toMatchObject({ arrived: 5, slowestMs: 220, queued: 2 });
  });

  it('counts the pieces in which frames left, without the handshake', () => {
    const log = new WrittenLog().upgraded(1).bytes(1, 'client', text, null);
    log.events.push({ seq: 5, at: 5, type: 'left', conn: 1, of: 4, byteCount: 1 });
    log.events.push({ seq: 6, at: 6, type: 'left', conn: 1, of: 4 });
    expect(passage(log)?.client.pieces).toBe(2);
  });

  it('knows when a middlebox forgot this connection, and no other', () => {
    const log = new WrittenLog().upgraded(1);
    log.events.push({ seq: 4, at: 50, type: 'imposed', what: 'forgotten', conn: 2 });
    expect(passage(log)?.forgottenAt).toBeUndefined();
    log.events.push({ seq: 5, at: 60, type: 'imposed', what: 'forgotten', conn: 1 });
    expect(passage(log)?.forgottenAt).toBe(60);
  });

  it('tells how long a connection was half closed', () => {
    const log = new WrittenLog().upgraded(1).end(1, 'server').end(1, 'client');
    expect(passage(log)?.halfClosedMs).toBe(1);
    expect(passage(new WrittenLog().upgraded(1).end(1, 'server'))?.halfClosedMs).toBeUndefined();
  });
});
