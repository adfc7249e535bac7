import { describe, expect, it } from 'vitest';
import { mostBytesRead, readPayload } from '../../src/derive/payload-views.ts';
import { hex } from './written-log.ts';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('readPayload', () => {
  it('reads text, and JSON where there is structure to show', () => {
    expect(readPayload(utf8('{"type":"chat","n":[1]}')).json).toBe(
      '{\n  "type": "chat",\n  "n": [\n    1\n  ]\n}',
    );
    expect(readPayload(utf8('hello')).json).toBeUndefined();
    expect(readPayload(utf8('42')).json).toBeUndefined();
    expect(readPayload(utf8('{"type":')).json).toBeUndefined();
  });

  it('finds the first bytes that are not UTF-8', () => {
    expect(readPayload(hex('48 69 ce ba ff 20')).invalid).toEqual({ start: 4, end: 5 });
    expect(readPayload(utf8('κόσμε 👋')).invalid).toBeUndefined();
  });

  it('reads no more than its bound, and does not blame the cut', () => {
    const long = utf8('é'.repeat(mostBytesRead));
    const { text, invalid } = readPayload(long);
    expect(text.length).toBeLessThanOrEqual(mostBytesRead);
    expect(invalid).toBeUndefined();
  });
});
