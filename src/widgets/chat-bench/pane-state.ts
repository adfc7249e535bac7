import type { ChatEvent, StoredMessage, Utterance } from '../../contract/chat.ts';

/** How a client hears of messages. */
export type Way = 'socket' | 'polling';

/** A line of a pane. */
export type Line =
  | { kind: 'message'; message: StoredMessage }
  /** Said here, and not seen to come back yet. `id` once it is known to be stored. */
  | { kind: 'pending'; clientId: string; text: string; id?: number; failed?: string }
  /** `times`: so often in a row. */
  | { kind: 'note'; key: number; text: string; isError: boolean; times: number };

/** What a client of the chat knows, as it shows it. A new object at each change. */
export interface PaneState {
  name: string;
  way: Way;
  /** How often it polls, ms. */
  pollMs: number;
  status: 'out' | 'joining' | 'in';
  /** Messages in the order of their ids, whenever they came. */
  lines: readonly Line[];
  /** Who else is there; a client that polls cannot know. */
  members: readonly string[];
  /** Who else is typing. */
  typing: readonly string[];
  /** The last message that it has; 0 before the first. */
  lastId: number;
  /** Numbers before it that have not come: numbers count up without a hole, so a hole is a loss. */
  missing: readonly number[];
  /** How many notes there were. */
  notes: number;
}

/** A client that has not joined yet. */
export const newPane = (name: string): PaneState => ({
  name,
  way: 'socket',
  pollMs: 3000,
  status: 'out',
  lines: [],
  members: [],
  typing: [],
  lastId: 0,
  missing: [],
  notes: 0,
});

/** So many lines are kept; the oldest go. */
const mostLines = 200;

/** After which message the chat shall begin when this client comes back: what is missing is asked for again. */
export const sinceOf = ({ lastId, missing }: PaneState): number =>
  Math.min(lastId, ...missing.map((id) => id - 1));

/** Adds a line that nobody said. */
export function noted(state: PaneState, text: string, isError = false): PaneState {
  const last = state.lines.at(-1);
  if (last?.kind === 'note' && last.text === text) {
    return { ...state, lines: [...state.lines.slice(0, -1), { ...last, times: last.times + 1 }] };
  }
  const note: Line = { kind: 'note', key: state.notes + 1, text, isError, times: 1 };
  return { ...state, notes: note.key, lines: [...state.lines, note].slice(-mostLines) };
}

/** Something was said here: it stands at the end until the chat has given it a place. */
export function saying(state: PaneState, { clientId = '', text }: Utterance): PaneState {
  const rest = state.lines.filter((line) => !(line.kind === 'pending' && line.clientId === clientId));
  return { ...state, lines: [...rest, { kind: 'pending' as const, clientId, text }].slice(-mostLines) };
}

/** Says of what was said here, and is not known to be stored, why it may be lost. Of one of them, or of all. */
export function failed(state: PaneState, why: string, clientId?: string): PaneState {
  const lines = state.lines.map((line) =>
    line.kind === 'pending' && line.id === undefined && (clientId === undefined || line.clientId === clientId)
      ? { ...line, failed: why }
      : line,
  );
  return { ...state, lines };
}

/** What the chat has told. */
export function heard(state: PaneState, event: ChatEvent): PaneState {
  switch (event.type) {
    case 'history': {
      const others = event.members.filter((name) => name !== event.you);
      const came = noted({ ...state, status: 'in', members: others }, historySays(event, state));
      // What the chat holds no longer is not missing: nobody has it.
      const first = event.messages[0]?.id ?? 1;
      const begun = {
        ...came,
        lastId: Math.max(came.lastId, first - 1),
        missing: came.missing.filter((id) => id >= first),
      };
      return event.messages.reduce(placed, begun);
    }
    case 'join':
      return noted(
        { ...state, members: [...state.members.filter((name) => name !== event.name), event.name] },
        `${event.name} has joined`,
      );
    case 'leave':
      return noted(
        {
          ...state,
          members: state.members.filter((name) => name !== event.name),
          typing: state.typing.filter((name) => name !== event.name),
        },
        `${event.name} has left`,
      );
    case 'typing':
      return { ...state, typing: [...state.typing.filter((name) => name !== event.name), event.name] };
    case 'message':
      return placed({ ...state, typing: state.typing.filter((name) => name !== event.name) }, event);
    case 'ack': {
      const { clientId, id } = event;
      const lines = state.lines.map((line) =>
        line.kind === 'pending' && line.clientId === clientId
          ? { kind: line.kind, clientId, text: line.text, id }
          : line,
      );
      return { ...state, lines };
    }
    case 'error':
      return event.clientId === undefined
        ? noted(state, event.message, true)
        : failed(state, event.message, event.clientId);
  }
}

function historySays(
  { members, messages, missed }: ChatEvent & { type: 'history' },
  { lastId, way }: PaneState,
): string {
  // A client that polls is told of nobody.
  const there =
    way === 'polling'
      ? 'You poll, so you are not told who is here'
      : members.length === 1
        ? 'You are alone here'
        : `${members.join(', ')} are here`;
  const said =
    messages.length === 0
      ? 'nothing new'
      : messages.length === 1
        ? '1 message'
        : `${String(messages.length)} messages`;
  const lost = missed === 0 ? '' : `, and ${String(missed)} that are no longer held`;
  return `${there}. ${lastId === 0 ? 'Said before' : 'Said while you were away'}: ${said}${lost}.`;
}

/** Gives a message its place by its id, once, whenever it comes; what stood for it until now goes. */
function placed(state: PaneState, message: StoredMessage): PaneState {
  const { id, at, name, text, clientId } = message;
  if (state.lines.some((line) => line.kind === 'message' && line.message.id === id)) return state;
  const rest = state.lines.filter(
    (line) => !(line.kind === 'pending' && line.clientId === clientId && name === state.name),
  );
  const later = rest.findIndex(
    (line) => line.kind === 'pending' || (line.kind === 'message' && line.message.id > id),
  );
  const line: Line = {
    kind: 'message',
    message: { id, at, name, text, ...(clientId === undefined ? {} : { clientId }) },
  };
  const lines = later < 0 ? [...rest, line] : [...rest.slice(0, later), line, ...rest.slice(later)];
  const skipped = Array.from(
    { length: Math.min(mostLines, Math.max(0, id - state.lastId - 1)) },
    (_, index) => state.lastId + 1 + index,
  );
  return {
    ...state,
    lines: lines.slice(-mostLines),
    lastId: Math.max(state.lastId, id),
    missing: [...state.missing.filter((each) => each !== id), ...skipped].slice(-mostLines),
  };
}
