import { accepted, refused, show, type Parsed } from '../contract/result.ts';

/** Reads a text message as an envelope: a JSON object whose `type` says what it is. Refuses with what is wrong and what to do. */
export function readEnvelope(text: string): Parsed<{ type: string }> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return refused('envelope', `This is not JSON: ${why}`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return refused('envelope', `Expected an object in braces, got ${show(value)}.`);
  }
  const type = 'type' in value ? value.type : undefined;
  if (type === undefined)
    return refused('envelope', 'There is no “type”: add one, so that the receiver knows.');
  if (typeof type !== 'string' || type === '') {
    return refused('envelope', `“type” should be a text that is not empty, got ${show(type)}.`);
  }
  return accepted({ type });
}
