import type { Connection } from '../../src/derive/connection.ts';
import { Opcode } from '../../src/protocol/opcode.ts';
import type { Challenge, Verdict } from './challenge.ts';

/** Three ways in which a connection ends, each told by the wire alone (RFC 6455 §7.1). */
export const threeEndings: Challenge = {
  id: 'three-endings',
  title: 'Three endings',
  task: 'End three connections in three ways: one that never opened, one that both sides closed with Close frames, and one whose TCP connection ended without a Close frame from either side.',
  hints: [
    'A server that answers with anything other than 101 gives you the first.',
    'close() gives you the second: the server answers your Close with its own.',
    'For the third, cut the cable: RST.',
  ],
  judge(connections): Verdict {
    const ended = connections.filter(({ end }) => end !== undefined);
    const kinds: [found: boolean, seen: string, missing: string][] = [
      [
        ended.some(({ handshake }) => handshake === 'refused'),
        'A handshake was refused.',
        'No handshake has been refused yet.',
      ],
      [
        ended.some((connection) => hasClose(connection, 'client') && hasClose(connection, 'server')),
        'A connection was closed with Close frames from both sides.',
        'No connection has been closed by both sides yet.',
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
