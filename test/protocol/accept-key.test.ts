import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { acceptKey, acceptSteps, handshakeGuid } from '../../src/protocol/accept-key.ts';
import { toHex } from './hex.ts';

describe('acceptSteps', () => {
  it('goes the way of the standard’s own example, step by step (RFC 6455 §1.3, §4.2.2)', () => {
    const steps = acceptSteps('dGhlIHNhbXBsZSBub25jZQ==');
    expect(steps.concatenated).toBe('dGhlIHNhbXBsZSBub25jZQ==258EAFA5-E914-47DA-95CA-C5AB0DC85B11');
    expect(toHex(steps.sha1)).toBe('b3 7a 4f 2c c0 62 4f 16 90 f6 46 06 cf 38 59 45 b2 be c4 ea');
    expect(steps.accept).toBe('s3pPLMBiTxaQ9kYGzzhZRbK+xOo=');
  });

  it('takes the key as it stood, whatever it decodes to: an empty one is owed a value too', () => {
    expect(acceptKey('')).toBe(createHash('sha1').update(handshakeGuid).digest('base64'));
  });

  it('comes to what OpenSSL’s SHA-1 comes to, for any key that a head can hold', () => {
    const latin1 = fc.string({
      unit: fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code)),
    });
    fc.assert(
      fc.property(latin1, (key) => {
        const owed = createHash('sha1')
          .update(key + handshakeGuid, 'latin1')
          .digest('base64');
        expect(acceptKey(key)).toBe(owed);
      }),
    );
  });
});
