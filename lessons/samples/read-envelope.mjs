// An envelope is read without trusting it: whatever comes, the answer is an envelope or why it is none.
import { pathToFileURL } from 'node:url';

const knownTypes = ['chat', 'typing'];

/** Reads a text message: `{ envelope }`, or `{ problem }` in words. */
export function readEnvelope(text) {
  let envelope;
  try {
    envelope = JSON.parse(text);
  } catch {
    return { problem: 'no JSON' };
  }
  // JSON can also be null, a number or a list.
  if (typeof envelope?.type !== 'string') return { problem: 'no type' };
  if (!knownTypes.includes(envelope.type)) return { problem: `unknown type ${envelope.type}` };
  return { envelope };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  for (const text of ['{"type":"chat","text":"hello"}', '{"type":"chat"', 'null', '{"type":"dance"}']) {
    console.log(text, '->', JSON.stringify(readEnvelope(text)));
  }
}
