import { describe, expect, it } from 'vitest';
import {
  maxTrayFrames,
  nextTray,
  selectedItem,
  trayOf,
  unfinishedItem,
  type BuilderAction,
  type BuilderState,
} from '../../../src/widgets/frame-builder/builder-state.ts';
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
