import type { Connection } from '../../src/derive/connection.ts';
import { Opcode } from '../../src/protocol/opcode.ts';
import { readClosePayload } from '../../src/protocol/close-payload.ts';
import type { Challenge, Verdict } from './challenge.ts';

/** A closing handshake with a code of your own, and a server that has to fail the connection (RFC 6455 §7.1, §7.4). */
export const cleanAndNot: Challenge = {
  id: 'clean-and-not',
  title: 'One code of your own, one that you force',
  task: 'Close a connection with a code from 4000 to 4999, and have the server answer with the same code. On another connection, make either side send Close 1002.',
  hints: [
    'close(4000) in the disconnect lab does the first part; so does the table of close codes below.',
    '1002 is a protocol error: whoever receives an illegal frame answers with it.',
    'The row “Illegal frame” makes the server break a rule. Then look in the ladder for who sends 1002.',
  ],
  judge(connections): Verdict {
    const own = connections.some((connection) => {
      const [mine, theirs] = [codeOf(connection, 'client'), codeOf(connection, 'server')];
      return mine !== undefined && mine >= 4000 && mine === theirs;
    });
    const failed = connections.some(
      (connection) => codeOf(connection, 'client') === 1002 || codeOf(connection, 'server') === 1002,
    );
    const seen: string[] = [];
    const missing: string[] = [];
    (own ? seen : missing).push(
      own
        ? 'A code of your own went out and came back.'
        : 'The server has not yet answered a code from 4000 to 4999.',
    );
    (failed ? seen : missing).push(failed ? 'One side has sent 1002.' : 'Neither side has sent 1002 yet.');
    return { passed: missing.length === 0, seen, missing };
  },
};

function codeOf({ frames }: Connection, side: 'client' | 'server'): number | undefined {
  const close = frames.find(({ from, frame }) => from === side && frame.opcode === Opcode.close);
  return close && readClosePayload(close.frame.payload).closeCode;
}
