import type { Connection } from '../../src/derive/connection.ts';
import { Opcode } from '../../src/protocol/opcode.ts';
import { readClosePayload } from '../../src/protocol/close-payload.ts';
import type { Challenge, Verdict } from './challenge.ts';

/** A closing handshake with a code of your own, and a server that has to fail the connection (RFC 6455 §7.1, §7.4). */
export const cleanAndNot: Challenge = {
  id: 'clean-and-not',
  title: 'One code that is yours, one that you force',
  task: 'Close a connection with a code from 4000 to 4999 and have the server answer the same code. On another connection, have somebody send Close 1002.',
  hints: [
    'close(4000) in the disconnect lab makes the first; so does the table of close codes below.',
    '1002 is a protocol error: whoever receives an illegal frame answers with it.',
    'The row “Illegal frame” makes the server break a rule. Look in the ladder who says 1002 then.',
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
        : 'No code from 4000 on was answered by the server yet.',
    );
    (failed ? seen : missing).push(failed ? 'Somebody has sent 1002.' : 'Nobody has sent 1002 yet.');
    return { passed: missing.length === 0, seen, missing };
  },
};

function codeOf({ frames }: Connection, side: 'client' | 'server'): number | undefined {
  const close = frames.find(({ from, frame }) => from === side && frame.opcode === Opcode.close);
  return close && readClosePayload(close.frame.payload).closeCode;
}
