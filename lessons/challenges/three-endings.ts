import type { Connection } from '../../src/derive/connection.ts';
import { Opcode } from '../../src/protocol/opcode.ts';
import type { Challenge, Verdict } from './challenge.ts';

/** Three ways in which a connection ends, each told by the wire alone (RFC 6455 §7.1). */
export const threeEndings: Challenge = {
  id: 'three-endings',
  title: 'Three endings',
  task: 'Bring three connections to their end in three ways: one that never opened, one that was closed by both sides with Close frames, and one whose TCP ended without a Close frame of anybody.',
  hints: [
    'A server that answers with something else than 101 makes the first.',
    'close() makes the second: the server answers your Close with its own.',
    'For the third, somebody has to cut the cable: RST.',
  ],
  judge(connections): Verdict {
    const ended = connections.filter(({ end }) => end !== undefined);
    const kinds: [found: boolean, seen: string, missing: string][] = [
      [
        ended.some(({ handshake }) => handshake === 'refused'),
        'A handshake was refused.',
        'No handshake was refused yet.',
      ],
      [
        ended.some((connection) => hasClose(connection, 'client') && hasClose(connection, 'server')),
        'A connection was closed with Close frames of both sides.',
        'No connection was closed by both sides yet.',
      ],
      [
        ended.some(
          (connection) =>
            connection.handshake === 'open' &&
            !hasClose(connection, 'client') &&
            !hasClose(connection, 'server'),
        ),
        'A connection that was open ended without any Close frame.',
        'No open connection has ended without a Close frame yet.',
      ],
    ];
    const missing = kinds.filter(([found]) => !found).map(([, , sentence]) => sentence);
    return {
      passed: missing.length === 0,
      seen: kinds.filter(([found]) => found).map(([, sentence]) => sentence),
      missing,
    };
  },
};

const hasClose = ({ frames }: Connection, side: 'client' | 'server'): boolean =>
  frames.some(({ from, frame }) => from === side && frame.opcode === Opcode.close);
