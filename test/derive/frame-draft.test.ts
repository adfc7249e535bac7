import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  draftBytes,
  draftFields,
  maxDraftBytes,
  partFrames,
  readDraft,
  type FrameDraft,
} from '../../src/derive/frame-draft.ts';
import { concat, hex, toHex } from '../protocol/hex.ts';

const hello: FrameDraft = {
  fin: true,
  rsv1: false,
  rsv2: false,
  rsv3: false,
  opcode: 1,
  masked: true,
  maskingKey: hex('37 fa 21 3d'),
  lengthForm: 'shortest',
  falseLength: undefined,
  payload: hex('48 65 6c 6c 6f'),
};
const written = (change: Partial<FrameDraft>): string => {
  const bytes = draftBytes({ ...hello, ...change });
  return bytes.ok ? toHex(bytes.value) : bytes.message;
};

describe('draftBytes', () => {
  it('writes the masked Hello of RFC 6455 §5.7', () => {
    expect(written({})).toBe('81 85 37 fa 21 3d 7f 9f 4d 51 58');
  });

  it('writes every bit of the first byte, and leaves the key out without MASK', () => {
    const bits = { fin: false, rsv1: true, rsv2: true, rsv3: true, opcode: 0xb };
    expect(written({ ...bits, masked: false })).toBe('7b 05 48 65 6c 6c 6f');
  });

  it('writes a length that is not the shortest, and one that is a lie', () => {
    expect(written({ masked: false, lengthForm: 16 })).toBe('81 7e 00 05 48 65 6c 6c 6f');
    expect(written({ masked: false, falseLength: 3n })).toBe('81 03 48 65 6c 6c 6f');
    expect(written({ masked: false, payload: hex(''), falseLength: 2n ** 63n })).toBe(
      '81 7f 80 00 00 00 00 00 00 00',
    );
  });

  it('refuses a length that its form cannot hold, and says what to do', () => {
    expect(written({ lengthForm: 7, payload: new Uint8Array(126) })).toBe(
      '126 does not fit: 7 bits hold at most 125, as 126 and 127 announce the longer forms. Choose a longer form, or state a false length.',
    );
    expect(written({ lengthForm: 7, falseLength: 127n })).toMatch(/Choose a longer form\.$/);
    expect(written({ lengthForm: 16, falseLength: 65_536n })).toContain('16 bits hold at most 65,535');
  });

  it('refuses a payload beyond the bound, and takes the largest example of §5.7 masked', () => {
    expect(draftBytes({ ...hello, payload: new Uint8Array(65_536) }).ok).toBe(true);
    expect(written({ payload: new Uint8Array(65_537) })).toMatch(/may take 65,550\. Shorten the payload\.$/);
  });
});

describe('readDraft', () => {
  it('waits for the whole header', () => {
    expect(readDraft(hex(''))).toBeUndefined();
    expect(readDraft(hex('81'))).toBeUndefined();
    expect(readDraft(hex('81 fe 00 05 37 fa 21'))).toBeUndefined();
    expect(readDraft(hex('81 85 37 fa 21 3d'))).toMatchObject({ falseLength: 5n });
  });

  it('takes all behind the header for payload, and calls the length false where it is', () => {
    expect(readDraft(hex('81 03 48 65 6c 6c 6f'))).toMatchObject({
      falseLength: 3n,
      payload: hex('48 65 6c 6c 6f'),
    });
    expect(readDraft(hex('81 05 48 65 6c 6c 6f'))?.falseLength).toBeUndefined();
  });

  it('reads a 64-bit length exactly', () => {
    expect(readDraft(hex('82 7f ff ff ff ff ff ff ff ff'))?.falseLength).toBe(2n ** 64n - 1n);
    expect(readDraft(hex('82 7f 00 20 00 00 00 00 00 01'))?.falseLength).toBe(2n ** 53n + 1n);
  });

  it('keeps what bytes do not show: the key of an unmasked frame, and a chosen form that is the shortest', () => {
    expect(readDraft(hex('81 00'), hello)).toMatchObject({ masked: false, maskingKey: hello.maskingKey });
    expect(readDraft(hex('81 00'), { ...hello, lengthForm: 7 })?.lengthForm).toBe(7);
    expect(readDraft(hex('81 7e 00 00'))?.lengthForm).toBe(16);
    expect(readDraft(hex('81 00'))?.lengthForm).toBe('shortest');
  });

  it('loses no byte: whatever has a whole header is written back as it was', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        const draft = readDraft(bytes);
        if (draft) expect(draftBytes(draft)).toEqual({ ok: true, value: bytes });
      }),
    );
  });

  it('reads back the draft that was written', () => {
    const bits = fc.boolean();
    const drafts = fc.record({
      fin: bits,
      rsv1: bits,
      rsv2: bits,
      rsv3: bits,
      opcode: fc.nat({ max: 15 }),
      masked: bits,
      maskingKey: fc.uint8Array({ minLength: 4, maxLength: 4 }),
      lengthForm: fc.constantFrom('shortest' as const, 7 as const, 16 as const, 64 as const),
      falseLength: fc.option(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), { nil: undefined }),
      payload: fc.uint8Array({ maxLength: 300 }),
    });
    fc.assert(
      fc.property(drafts, (draft) => {
        const bytes = draftBytes(draft);
        if (!bytes.ok) return;
        const isTrue = draft.falseLength === BigInt(draft.payload.length);
        expect(readDraft(bytes.value, draft)).toEqual({
          ...draft,
          falseLength: isTrue ? undefined : draft.falseLength,
        });
      }),
    );
  });
});

describe('draftFields', () => {
  it('parts all bytes into fields, without a gap and without an empty one', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 30 }), (bytes) => {
        const fields = draftFields(bytes);
        expect(concat(...fields.map(({ start, end }) => bytes.subarray(start, end)))).toEqual(bytes);
        for (const { start, end } of fields) expect(end).toBeGreaterThan(start);
      }),
    );
  });

  it('names the fields of a masked frame with a long length', () => {
    expect(draftFields(hex('81 fe 00 7e 01 02 03 04 aa')).map(({ id, start }) => [id, start])).toEqual([
      ['flags', 0],
      ['length', 1],
      ['extendedLength', 2],
      ['maskingKey', 4],
      ['payload', 8],
    ]);
  });
});

describe('partFrames', () => {
  it('parts two frames that came as one paste', () => {
    expect(partFrames(hex('01 03 48 65 6c 80 02 6c 6f')).map(toHex)).toEqual([
      '01 03 48 65 6c',
      '80 02 6c 6f',
    ]);
  });

  it('leaves what is cut off at the end as the last part', () => {
    expect(partFrames(hex('89 00 81 05 48')).map(toHex)).toEqual(['89 00', '81 05 48']);
    expect(partFrames(hex('89 00 81')).map(toHex)).toEqual(['89 00', '81']);
    expect(partFrames(hex('82 7f ff ff ff ff ff ff ff ff 01')).map(({ length }) => length)).toEqual([11]);
    expect(partFrames(hex(''))).toEqual([]);
  });

  it('parts any bytes, up to the bound, without losing one', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(concat(...partFrames(bytes))).toEqual(bytes);
      }),
    );
    expect(partFrames(new Uint8Array(maxDraftBytes))).toHaveLength(maxDraftBytes / 2);
  });
});
