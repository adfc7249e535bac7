import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { draftBytes } from '../../../src/derive/frame-draft.ts';
import {
  maxTrayFrames,
  nextTray,
  selectedItem,
  trayOf,
  unfinishedItem,
  type BuilderAction,
  type BuilderState,
} from '../../../src/widgets/frame-builder/builder-state.ts';
import { lineOf } from '../../../src/widgets/frame-builder/describe-bytes.ts';
import { hex, toHex } from '../../protocol/hex.ts';

const hello = hex('81 85 37 fa 21 3d 7f 9f 4d 51 58');
const after = (state: BuilderState, ...actions: BuilderAction[]): BuilderState =>
  actions.reduce(nextTray, state);
const bytesOf = ({ items }: BuilderState): string[] => items.map(({ bytes }) => toHex(bytes));
const item = (state: BuilderState) => {
  const selected = selectedItem(state);
  if (!selected) throw new Error('the tray is empty');
  return selected;
};

describe('the fields and the bytes of a frame', () => {
  it('stay in step when a field is edited, and the bytes from before are kept to compare', () => {
    const state = after(trayOf([hello]), { type: 'edit', change: { fin: false } });
    expect(bytesOf(state)).toEqual(['01 85 37 fa 21 3d 7f 9f 4d 51 58']);
    expect(item(state).before).toEqual(hello);
  });

  it('stay in step when bytes are written', () => {
    const state = after(trayOf([hello]), { type: 'write', bytes: hex('8a 00') });
    expect(item(state)).toMatchObject({ isHeaderWhole: true, draft: { opcode: 0xa, masked: false } });
  });

  it('keep the fields of before while a header is not whole', () => {
    const state = after(trayOf([hello]), { type: 'write', bytes: hex('81') });
    expect(item(state)).toMatchObject({ isHeaderWhole: false, draft: { opcode: 1 } });
    expect(bytesOf(state)).toEqual(['81']);
    expect(item(after(state, { type: 'write', bytes: hello })).draft.maskingKey).toEqual(hex('37 fa 21 3d'));
  });

  it('keep the bytes where fields cannot be written, say why, and recover', () => {
    const broken = after(trayOf([hello]), { type: 'edit', change: { lengthForm: 7, falseLength: 126n } });
    expect(item(broken).problem).toMatch(/^126 does not fit/);
    expect(bytesOf(broken)).toEqual([toHex(hello)]);
    expect(unfinishedItem(broken)?.number).toBe(1);
    const mended = after(broken, { type: 'edit', change: { falseLength: undefined } });
    expect(item(mended).problem).toBeUndefined();
    expect(unfinishedItem(mended)).toBeUndefined();
  });

  it('keep what was mistyped until it is a value, through a look at another frame', () => {
    const state = after(trayOf([hello, hello]), { type: 'mistype', field: 'hex', text: '81 0' });
    const back = after(state, { type: 'select', id: 2 }, { type: 'select', id: 1 });
    expect(item(back).invalid).toEqual({ hex: '81 0' });
    expect(unfinishedItem(back)?.number).toBe(1);
    expect(item(after(back, { type: 'mistype', field: 'hex', text: undefined })).invalid).toEqual({});
    expect(item(after(back, { type: 'write', bytes: hello })).invalid).toEqual({});
  });
});

describe('the tray', () => {
  it('adds behind the frame that is selected, and selects the new one', () => {
    const state = after(trayOf([hello, hello]), { type: 'add', bytes: hex('89 00') });
    expect(bytesOf(state)).toEqual([toHex(hello), '89 00', toHex(hello)]);
    expect(toHex(item(state).bytes)).toBe('89 00');
  });

  it('takes so many frames and no more', () => {
    let state = trayOf([hello]);
    for (let count = 0; count < 20; count++) state = nextTray(state, { type: 'add', bytes: hello });
    expect(state.items).toHaveLength(maxTrayFrames);
    expect(trayOf(Array.from({ length: 20 }, () => hello)).items).toHaveLength(maxTrayFrames);
  });

  it('moves a frame, and not beyond the ends', () => {
    const state = after(trayOf([hex('01 00'), hex('02 00')]), { type: 'move', by: 1 });
    expect(bytesOf(state)).toEqual(['02 00', '01 00']);
    expect(bytesOf(after(state, { type: 'move', by: 1 }))).toEqual(['02 00', '01 00']);
  });

  it('removes a frame but never the last one, and brings it back', () => {
    const state = after(trayOf([hex('01 00'), hex('02 00')]), { type: 'remove' });
    expect(bytesOf(state)).toEqual(['02 00']);
    expect(bytesOf(after(state, { type: 'remove' }))).toEqual(['02 00']);
    expect(bytesOf(after(state, { type: 'undo' }))).toEqual(['01 00', '02 00']);
  });

  it('brings back what a preset replaced', () => {
    const state = after(trayOf([hello]), { type: 'load', frames: [hex('8a 00')] });
    expect(bytesOf(state)).toEqual(['8a 00']);
    expect(bytesOf(after(state, { type: 'undo' }))).toEqual([toHex(hello)]);
    expect(bytesOf(after(state, { type: 'undo' }, { type: 'undo' }))).toEqual([toHex(hello)]);
  });

  it('splits a paste into the frames that it is; what does not fit stays with the last', () => {
    const parts = [hex('01 00'), hex('80 00')];
    const state = after(trayOf([hex('01 00 80 00'), hello]), { type: 'split', parts });
    expect(bytesOf(state)).toEqual(['01 00', '80 00', toHex(hello)]);
    const many = Array.from({ length: 14 }, () => hex('89 00'));
    expect(bytesOf(after(trayOf([hello]), { type: 'split', parts: many })).at(-1)).toBe('89 00 89 00 89 00');
  });

  it('gives each frame an id of its own, whatever happened', () => {
    const state = after(
      trayOf([hello]),
      { type: 'add', bytes: hello },
      { type: 'load', frames: [hello, hello] },
      { type: 'undo' },
      { type: 'add', bytes: hello },
    );
    expect(new Set(state.items.map(({ id }) => id)).size).toBe(state.items.length);
  });
});

describe('any series of actions', () => {
  const frame = fc.uint8Array({ maxLength: 20 });
  const action: fc.Arbitrary<BuilderAction> = fc.oneof(
    fc.record({
      type: fc.constant('load' as const),
      frames: fc.array(frame, { minLength: 1, maxLength: 3 }),
    }),
    fc.record({ type: fc.constant('add' as const), bytes: frame }),
    fc.record({ type: fc.constantFrom('remove' as const, 'undo' as const) }),
    fc.record({ type: fc.constant('move' as const), by: fc.constantFrom(-1 as const, 1 as const) }),
    fc.record({ type: fc.constant('select' as const), id: fc.nat({ max: 20 }) }),
    fc.record({ type: fc.constant('write' as const), bytes: frame }),
    fc.record({ type: fc.constant('split' as const), parts: fc.array(frame, { maxLength: 4 }) }),
    fc.record({
      type: fc.constant('mistype' as const),
      field: fc.constantFrom('hex' as const, 'key' as const),
      text: fc.option(fc.string(), { nil: undefined }),
    }),
    fc.record({
      type: fc.constant('edit' as const),
      change: fc.record(
        {
          fin: fc.boolean(),
          masked: fc.boolean(),
          opcode: fc.nat({ max: 15 }),
          lengthForm: fc.constantFrom('shortest' as const, 7 as const, 16 as const),
          falseLength: fc.option(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), { nil: undefined }),
          payload: frame,
        },
        { requiredKeys: [] },
      ),
    }),
  );

  it('leaves a tray with 1 to 12 frames, one of them selected, and fields that say what the bytes do', () => {
    fc.assert(
      fc.property(fc.array(action, { maxLength: 40 }), (actions) => {
        const state = after(trayOf([hello]), ...actions);
        expect(state.items.length).toBeGreaterThan(0);
        expect(state.items.length).toBeLessThanOrEqual(maxTrayFrames);
        expect(selectedItem(state)).toBeDefined();
        for (const { bytes, draft, isHeaderWhole, problem } of state.items) {
          lineOf(bytes);
          if (!isHeaderWhole || problem !== undefined) continue;
          expect(draftBytes(draft)).toEqual({ ok: true, value: bytes });
        }
      }),
    );
  });
});
