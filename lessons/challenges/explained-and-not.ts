import type { Connection } from '../../src/derive/connection.ts';
import { mayBeSent } from '../../src/protocol/close-code.ts';
import { readClosePayload } from '../../src/protocol/close-payload.ts';
import { Opcode } from '../../src/protocol/opcode.ts';
import type { Challenge, Verdict } from './challenge.ts';

/** So many of each. */
const wanted = 3;

/** Three ends that the server explains, and three that nobody does. */
export const explainedAndNot: Challenge = {
  id: 'explained-and-not',
  title: 'Explained, and not',
  task: 'Have the server explain the end of a connection with three different close codes of its own. Then have three connections end, or fail to open, without a word, each in a different way.',
  hints: [
    'Send too much, and too fast: the server has a code for each.',
    'Without a word means: refused with a status, reset, ended by a FIN alone, or a request that nobody answers.',
    'To the script, all of the second kind are the same: 1006. The wire tells them apart.',
  ],
  judge(connections): Verdict {
    const codes = distinct(
      connections
        .map(codeOfServer)
        .filter((code) => code !== undefined && mayBeSent(code))
        .map(String),
    );
    const ways = distinct(connections.flatMap((connection) => wayWithoutWord(connection) ?? []));
    const seen: string[] = [];
    const missing: string[] = [];
    const explained = `Explained by the server: ${codes.join(', ') || 'none yet'}`;
    if (codes.length >= wanted) seen.push(`${explained}.`);
    else missing.push(`${explained}; ${String(wanted)} different codes are needed.`);
    const mute = `Without a word: ${ways.join(', ') || 'none yet'}`;
    if (ways.length >= wanted) seen.push(`${mute}.`);
    else missing.push(`${mute}; ${String(wanted)} different ways are needed.`);
    return { passed: missing.length === 0, seen, missing };
  },
};

const distinct = (names: readonly string[]): string[] => [...new Set(names)].toSorted();

/** The code of the server's Close, where it was the first to send one. */
function codeOfServer({ frames }: Connection): number | undefined {
  const first = frames.find(({ frame }) => frame.opcode === Opcode.close);
  return first?.from === 'server' ? readClosePayload(first.frame.payload).closeCode : undefined;
}

/** How a connection ended, or did not come about, where nobody sent a Close. */
function wayWithoutWord({ handshake, frames, end, response }: Connection): string | undefined {
  if (handshake === 'refused') return `status ${String(response?.statusCode)}`;
  if (!end || frames.some(({ frame }) => frame.opcode === Opcode.close)) return undefined;
  if (handshake !== 'open') return end.how === 'rst' ? 'RST before an answer' : 'no answer';
  return end.how === 'rst' ? 'RST' : 'FIN';
}
