import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseSubprotocols, pickSubprotocol } from '../../src/protocol/subprotocol.ts';
import { wsSubprotocol } from './ws-internals.ts';

describe('parseSubprotocols', () => {
  it('reads one list from several fields, in order (RFC 6455 §11.3.4)', () => {
    expect(parseSubprotocols(['chat , superchat', 'v2.chat'])).toEqual({
      subprotocols: ['chat', 'superchat', 'v2.chat'],
      notTokens: [],
      repeated: [],
    });
  });

  it('says what is no token and where it stands (§4.1)', () => {
    expect(parseSubprotocols(['a, b c', 'd/e']).notTokens).toEqual([
      { field: 0, at: { start: 3, end: 6 }, found: 'b c' },
      { field: 1, at: { start: 0, end: 3 }, found: 'd/e' },
    ]);
    expect(parseSubprotocols(['']).notTokens).toHaveLength(1);
    expect(parseSubprotocols(['a,,b']).notTokens).toEqual([
      { field: 0, at: { start: 2, end: 2 }, found: 'an empty one' },
    ]);
  });

  it('says what is offered twice, over all fields, letter for letter (§4.1)', () => {
    expect(parseSubprotocols(['chat, Chat', 'chat']).repeated).toEqual([
      { field: 1, at: { start: 0, end: 4 }, found: 'chat twice' },
    ]);
  });

  it('agrees with ws’s parser about which lists are in order', () => {
    const parts = fc.constantFrom('chat', 'v2', 'a', ',', ' ', '\t', '/', '"', '.', 'é');
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 8 }), (list) => {
        // Node takes the spaces off a value before ws sees it.
        const value = list.join('').replace(/^[ \t]+|[ \t]+$/g, '');
        const ours = parseSubprotocols([value]);
        const isInOrder = ours.notTokens.length === 0 && ours.repeated.length === 0;
        let theirs: string[] | undefined;
        try {
          theirs = [...wsSubprotocol.parse(value)];
        } catch {
          theirs = undefined;
        }
        expect(isInOrder ? ours.subprotocols : undefined).toEqual(theirs);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('pickSubprotocol', () => {
  it('picks what the client prefers, among what the server speaks (§4.2.2)', () => {
    expect(pickSubprotocol(['b', 'a'], ['a', 'b'])).toBe('b');
    expect(pickSubprotocol(['x', 'a'], ['a', 'b'])).toBe('a');
  });

  it('picks none where none fits', () => {
    expect(pickSubprotocol(['A'], ['a'])).toBeUndefined();
    expect(pickSubprotocol([], ['a'])).toBeUndefined();
  });
});
