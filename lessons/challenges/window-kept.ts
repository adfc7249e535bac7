import { messageWeights } from '../../src/derive/message-weights.ts';
import type { Connection } from '../../src/derive/connection.ts';
import type { Challenge, Verdict } from './challenge.ts';

/** The same message twice, with a window that is kept and with one that is forgotten (RFC 7692 §7.1.1). */
export const windowKept: Challenge = {
  id: 'window-kept',
  title: 'With memory and without',
  task: 'Send the same message twice on one connection, where the second takes fewer than half the bytes of the first; and twice on another, where the second is no smaller than the first.',
  hints: [
    'The window decides: what it still holds need not be sent again.',
    'Choose “with context takeover”, connect and send two. Then “without context takeover”.',
  ],
  judge(connections): Verdict {
    const pairs = connections.flatMap(repeats);
    const kept = pairs.find(({ first, second }) => second * 2 < first);
    const forgot = pairs.find(({ first, second }) => second === first);
    const seen: string[] = [];
    const missing: string[] = [];
    if (kept) seen.push(`Kept: ${bytes(kept.first)}, then ${bytes(kept.second)}.`);
    else missing.push('No compressed message came a second time in fewer than half its bytes.');
    if (forgot) seen.push(`Forgotten: ${bytes(forgot.first)}, then ${bytes(forgot.second)} again.`);
    else missing.push('No compressed message came a second time in as many bytes as the first time.');
    return { passed: missing.length === 0, seen, missing };
  },
};

const bytes = (count: number): string => `${String(count)} bytes`;

/** Each compressed text of the client that followed its own like. */
function repeats(connection: Connection): { first: number; second: number }[] {
  const sent = messageWeights(connection).filter(
    ({ from, isCompressed }) => from === 'client' && isCompressed,
  );
  return sent.flatMap((message, index) => {
    const before = sent.slice(0, index).find(({ text }) => text !== undefined && text === message.text);
    return before ? [{ first: before.wireBytes, second: message.wireBytes }] : [];
  });
}
