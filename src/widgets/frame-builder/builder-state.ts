import { draftBytes, readDraft, type FrameDraft } from '../../derive/frame-draft.ts';

/** The inputs of the editor whose text may be something that is no value. */
export type TextFieldName = 'hex' | 'length' | 'key' | 'text' | 'payloadHex' | 'code';

/** A frame in the tray. Its bytes are what is sent. */
export interface TrayItem {
  id: number;
  bytes: Uint8Array;
  /** The bytes before the last change, to mark what it did. */
  before: Uint8Array | undefined;
  /** The fields of `bytes`; where their header is not whole, the fields that they had last. */
  draft: FrameDraft;
  isHeaderWhole: boolean;
  /** Why the fields cannot be written as bytes; the bytes are then those that they could be last. */
  problem: string | undefined;
  /** What stands in an input and is no value, so that nothing that was typed is lost. */
  invalid: Partial<Record<TextFieldName, string>>;
}

/** The frames under construction, in the order in which they are sent; never none. */
export interface BuilderState {
  items: readonly TrayItem[];
  selected: number;
  nextId: number;
  /** What `undo` brings back, the newest last. */
  past: readonly Pick<BuilderState, 'items' | 'selected'>[];
}

/** So many frames fit in the tray. */
export const maxTrayFrames = 12;
const maxPast = 20;

/** What can be done to the tray. Bytes that need chance (a masking-key) come with it. */
export type BuilderAction =
  | { type: 'begin'; frames: readonly Uint8Array[] }
  | { type: 'load'; frames: readonly Uint8Array[] }
  | { type: 'add'; bytes: Uint8Array }
  | { type: 'remove' }
  | { type: 'move'; by: -1 | 1 }
  | { type: 'select'; id: number }
  | { type: 'edit'; change: Partial<FrameDraft>; field?: TextFieldName }
  | { type: 'write'; bytes: Uint8Array }
  | { type: 'mistype'; field: TextFieldName; text: string | undefined }
  | { type: 'split'; parts: readonly Uint8Array[] }
  | { type: 'undo' };

const noFields: FrameDraft = {
  fin: true,
  rsv1: false,
  rsv2: false,
  rsv3: false,
  opcode: 1,
  masked: true,
  maskingKey: new Uint8Array(4),
  lengthForm: 'shortest',
  falseLength: undefined,
  payload: new Uint8Array(0),
};

function itemOf(id: number, bytes: Uint8Array): TrayItem {
  const draft = readDraft(bytes);
  return {
    id,
    bytes,
    before: undefined,
    draft: draft ?? noFields,
    isHeaderWhole: draft !== undefined,
    problem: undefined,
    invalid: {},
  };
}

/** A tray with these frames, of which the first is selected. */
export function trayOf(frames: readonly Uint8Array[], firstId = 1): BuilderState {
  const items = frames.slice(0, maxTrayFrames).map((bytes, index) => itemOf(firstId + index, bytes));
  return { items, selected: firstId, nextId: firstId + items.length, past: [] };
}

/** The frame that is being edited. */
export const selectedItem = ({ items, selected }: BuilderState): TrayItem | undefined =>
  items.find(({ id }) => id === selected) ?? items[0];

/** Why the tray cannot be sent as it stands: the first frame with something in it that is no value. */
export function unfinishedItem({ items }: BuilderState): { number: number; item: TrayItem } | undefined {
  const index = items.findIndex(
    ({ problem, invalid }) => problem !== undefined || Object.keys(invalid).length > 0,
  );
  const item = items[index];
  return item && { number: index + 1, item };
}

/** The next state of the tray. */
export function nextTray(state: BuilderState, action: BuilderAction): BuilderState {
  switch (action.type) {
    case 'begin':
      return trayOf(action.frames);
    case 'load':
      return { ...trayOf(action.frames, state.nextId), past: pastWith(state) };
    case 'add':
      return added(state, action.bytes);
    case 'remove':
      return removed(state);
    case 'move':
      return moved(state, action.by);
    case 'select':
      return { ...state, selected: action.id };
    case 'split':
      return splitUp(state, action.parts);
    case 'undo': {
      const last = state.past.at(-1);
      return last ? { ...state, ...last, past: state.past.slice(0, -1) } : state;
    }
    case 'edit':
    case 'write':
    case 'mistype':
      return {
        ...state,
        items: state.items.map((item) => (item.id === state.selected ? changed(item, action) : item)),
      };
  }
}

const pastWith = ({ past, items, selected }: BuilderState): BuilderState['past'] =>
  [...past, { items, selected }].slice(-maxPast);

function changed(
  item: TrayItem,
  action: Extract<BuilderAction, { type: 'edit' | 'write' | 'mistype' }>,
): TrayItem {
  if (action.type === 'mistype')
    return { ...item, invalid: without(item.invalid, action.field, action.text) };
  if (action.type === 'write') {
    const draft = readDraft(action.bytes, item.draft);
    return {
      ...item,
      bytes: action.bytes,
      before: item.bytes,
      draft: draft ?? item.draft,
      isHeaderWhole: draft !== undefined,
      problem: undefined,
      invalid: {},
    };
  }
  const draft = { ...item.draft, ...action.change };
  const written = draftBytes(draft);
  // The bytes follow the fields, so what was mistyped as hex has had its time.
  const invalid = without(without(item.invalid, 'hex', undefined), action.field, undefined);
  if (!written.ok) return { ...item, draft, invalid, problem: written.message };
  return {
    ...item,
    draft,
    invalid,
    bytes: written.value,
    before: item.bytes,
    isHeaderWhole: true,
    problem: undefined,
  };
}

function without(
  invalid: TrayItem['invalid'],
  field: TextFieldName | undefined,
  text: string | undefined,
): TrayItem['invalid'] {
  if (field === undefined) return invalid;
  const rest = Object.fromEntries(Object.entries(invalid).filter(([name]) => name !== field));
  return text === undefined ? rest : { ...rest, [field]: text };
}

function added(state: BuilderState, bytes: Uint8Array): BuilderState {
  if (state.items.length >= maxTrayFrames) return state;
  const item = itemOf(state.nextId, bytes);
  const at = state.items.findIndex(({ id }) => id === state.selected) + 1;
  return {
    ...state,
    items: state.items.toSpliced(at, 0, item),
    selected: item.id,
    nextId: state.nextId + 1,
  };
}

function removed(state: BuilderState): BuilderState {
  const at = state.items.findIndex(({ id }) => id === state.selected);
  const items = state.items.toSpliced(at, 1);
  const neighbour = items[Math.min(at, items.length - 1)];
  return neighbour ? { ...state, items, selected: neighbour.id, past: pastWith(state) } : state;
}

function moved(state: BuilderState, by: -1 | 1): BuilderState {
  const at = state.items.findIndex(({ id }) => id === state.selected);
  const item = state.items[at];
  const to = at + by;
  if (!item || to < 0 || to >= state.items.length) return state;
  return { ...state, items: state.items.toSpliced(at, 1).toSpliced(to, 0, item) };
}

/** Each part becomes a frame of its own; what does not fit in the tray stays with the last. */
function splitUp(state: BuilderState, parts: readonly Uint8Array[]): BuilderState {
  const room = maxTrayFrames - state.items.length + 1;
  const at = state.items.findIndex(({ id }) => id === state.selected);
  if (parts.length < 2 || room < 2 || at < 0) return state;
  const kept = parts.slice(0, room - 1);
  const rest = parts.slice(room - 1);
  const last = new Uint8Array(rest.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of rest) {
    last.set(part, offset);
    offset += part.length;
  }
  const items = [...kept, ...(last.length > 0 ? [last] : [])].map((bytes, index) =>
    itemOf(state.nextId + index, bytes),
  );
  return {
    items: state.items.toSpliced(at, 1, ...items),
    selected: state.nextId,
    nextId: state.nextId + items.length,
    past: pastWith(state),
  };
}
