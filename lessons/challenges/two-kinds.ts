import type { Connection } from '../../src/derive/connection.ts';
import { readEnvelope } from '../../src/derive/envelope.ts';
import { messagesOf } from '../../src/derive/messages.ts';
import type { Challenge, Verdict } from './challenge.ts';

/** A binary message of three bytes and an envelope, on one connection (RFC 6455 §5.6). */
export const twoKinds: Challenge = {
  id: 'two-kinds',
  title: 'Three bytes and an envelope',
  task: 'On one connection, send a binary message of exactly 3 bytes, and a text message that is a JSON object with a “type”.',
  hints: [
    'A text of three letters is not a binary message: the opcode tells them apart.',
    'Write three pairs of hex digits. Do not connect again in between.',
  ],
  judge(connections): Verdict {
    const best = connections
      .map(judgeConnection)
      .toSorted((one, other) => one.missing.length - other.missing.length)[0];
    return best ?? { passed: false, seen: [], missing: ['There is no connection yet.'] };
  },
};

function judgeConnection(connection: Connection): Verdict {
  const sent = messagesOf(connection).flatMap(({ from, message }) => (from === 'client' ? [message] : []));
  const binary = sent.filter(({ kind }) => kind === 'binary');
  const envelope = sent.map(({ text }) => readEnvelope(text ?? '')).find((each) => each.ok);
  const seen: string[] = [];
  const missing: string[] = [];
  if (binary.some(({ payload }) => payload.length === 3)) seen.push('A binary message of 3 bytes.');
  else {
    const last = binary.at(-1);
    missing.push(
      last === undefined
        ? 'No binary message yet.'
        : `The last binary message has ${String(last.payload.length)} bytes, not 3.`,
    );
  }
  if (envelope?.ok) seen.push(`An envelope of the type “${envelope.value.type.slice(0, 40)}”.`);
  else missing.push('No text message on this connection is a JSON object with a “type”.');
  return { passed: missing.length === 0, seen, missing };
}
