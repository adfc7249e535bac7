import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HeadFinder } from '../../src/protocol/head-finder.ts';
import { applyMask } from '../../src/protocol/masking.ts';
import { fieldValues } from '../../src/protocol/read-head.ts';

const ascii = (text: string): Uint8Array => new TextEncoder().encode(text.replaceAll('\n', '\r\n'));
const forged = ascii('\nGET /library.js HTTP/1.1\nHost: cdn.example\n\n');

/** Every target that is found when the bytes come in chunks of a size. */
function targetsIn(bytes: Uint8Array, chunkSize = bytes.length, maxBytes?: number): string[] {
  const finder = new HeadFinder('request', maxBytes);
  const targets: string[] = [];
  for (let start = 0; start < bytes.length; start += chunkSize) {
    const chunk = bytes.subarray(start, start + chunkSize);
    for (let at = 0; ;) {
      const found = finder.find(chunk, at);
      if (!found) break;
      targets.push(found.head.target);
      at = found.end;
    }
  }
  return targets;
}

describe('HeadFinder', () => {
  it('finds a request behind the header of an unmasked frame, in whatever chunks it comes', () => {
    const frame = Uint8Array.from([0x82, forged.length, ...forged]);
    for (const size of [1, 2, 7, frame.length]) expect(targetsIn(frame, size)).toEqual(['/library.js']);
  });

  it('answers the head as it stood, and where it ends', () => {
    const found = new HeadFinder('request').find(Uint8Array.from([0x82, 0x05, ...forged, 0xff]));
    expect(found?.end).toBe(2 + forged.length);
    expect(found && fieldValues(found.head, 'Host')).toEqual(['cdn.example']);
    expect(found?.head.bytes).toEqual(forged.subarray(2));
  });

  it('finds one after the other', () => {
    const two = Uint8Array.from([
      ...ascii('GET /a HTTP/1.1\n\n'),
      1,
      2,
      3,
      ...ascii('\nHEAD /b HTTP/1.0\n\n'),
    ]);
    expect(targetsIn(two)).toEqual(['/a', '/b']);
  });

  it('finds a response behind a 101', () => {
    const finder = new HeadFinder('response');
    const bytes = ascii('HTTP/1.1 101 Switching Protocols\n\nHTTP/1.1 200 OK\nContent-Length: 0\n\n');
    const first = finder.find(bytes);
    expect(first?.head.statusCode).toBe(101);
    expect(finder.find(bytes, first?.end)?.head.statusCode).toBe(200);
  });

  it('finds nothing in the same payload once it is masked with a key that nobody knew (§10.3)', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 4, maxLength: 4 }), (key) => {
        fc.pre(key.some((byte) => byte !== 0));
        expect(targetsIn(applyMask(forged, key))).toEqual([]);
      }),
    );
  });

  it('takes a line or a head that is too long for none, and goes on behind it', () => {
    const long = ascii(`GET /${'x'.repeat(200)} HTTP/1.1\nHost: a\n\nGET /short HTTP/1.1\n\n`);
    expect(targetsIn(long, 10, 64)).toEqual(['/short']);
    const tall = ascii(`GET /tall HTTP/1.1\n${'X: yyyyyyyy\n'.repeat(20)}\nGET /short HTTP/1.1\n\n`);
    expect(targetsIn(tall, 10, 64)).toEqual(['/short']);
  });

  it('never throws, whatever comes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.integer({ min: 1, max: 50 }), (bytes, size) => {
        expect(targetsIn(bytes, size, 128).length).toBeLessThanOrEqual(bytes.length / 16);
      }),
    );
  });
});
