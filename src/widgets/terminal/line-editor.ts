/** A line that is being typed. Never changed: each key makes a new one. */
export interface LineState {
  text: string;
  /** Where the cursor stands, in UTF-16 units; always between two characters as a reader counts them. */
  cursor: number;
  /** The lines before, the oldest first. */
  history: readonly string[];
  /** Which line of the history is shown; `undefined` for the one that is being typed. */
  shown: number | undefined;
  /** What was typed before the history was walked. */
  draft: string;
}

/** What a key asks of whoever holds the line. */
export type LineEffect =
  | { kind: 'submit'; line: string }
  /** Ctrl-C: give up the line, or what is running. */
  | { kind: 'interrupt' }
  /** Ctrl-D on an empty line: no more input. */
  | { kind: 'end' }
  /** Ctrl-L: clear the screen. */
  | { kind: 'clear' }
  /** Tab: complete what stands before the cursor. */
  | { kind: 'complete' };

export interface Edited {
  line: LineState;
  effect?: LineEffect;
}

/** Most lines that the history keeps. */
const maxHistory = 200;

/** Longest line, in UTF-16 units: more than a frame header needs, little enough to stay quick. */
export const maxLineLength = 16_384;

export const emptyLine: LineState = { text: '', cursor: 0, history: [], shown: undefined, draft: '' };

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Begins a new line; what was submitted joins the history, unless it is empty or the same as the last. */
function nextLine({ history }: LineState, submitted: string): LineState {
  const isNews = submitted.trim() !== '' && submitted !== history.at(-1);
  return { ...emptyLine, history: isNews ? [...history, submitted].slice(-maxHistory) : history };
}

/** Puts text in at the cursor, as far as it fits. */
export function insert(line: LineState, text: string): LineState {
  const room = Math.max(0, maxLineLength - line.text.length);
  const fits = text.slice(0, room);
  const next = line.text.slice(0, line.cursor) + fits + line.text.slice(line.cursor);
  return { ...line, text: next, cursor: line.cursor + fits.length };
}

/** Shows another text with the cursor at its end. */
const showing = (line: LineState, text: string, shown: number | undefined): LineState => ({
  ...line,
  text,
  cursor: text.length,
  shown,
});

function walkHistory(line: LineState, step: -1 | 1): LineState {
  const { history, shown } = line;
  if (step === -1) {
    const target = shown === undefined ? history.length - 1 : shown - 1;
    const text = history[target];
    if (text === undefined) return line;
    return showing(shown === undefined ? { ...line, draft: line.text } : line, text, target);
  }
  if (shown === undefined) return line;
  const text = history[shown + 1];
  return text === undefined ? showing(line, line.draft, undefined) : showing(line, text, shown + 1);
}

/** Where the character before the cursor begins, and where the one behind it ends. */
const before = ({ text, cursor }: LineState): number =>
  [...graphemes.segment(text.slice(0, cursor))].at(-1)?.index ?? 0;
const behind = ({ text, cursor }: LineState): number => {
  const [first] = graphemes.segment(text.slice(cursor));
  return cursor + (first?.segment.length ?? 0);
};

/** Where the word before the cursor begins, and where the one behind it ends. */
const wordBefore = ({ text, cursor }: LineState): number => /\S*\s*$/.exec(text.slice(0, cursor))?.index ?? 0;
const wordBehind = ({ text, cursor }: LineState): number =>
  cursor + (/^\s*\S*/.exec(text.slice(cursor))?.[0].length ?? 0);

const to = (line: LineState, cursor: number): LineState => ({ ...line, cursor });
const cut = (line: LineState, start: number, end: number): LineState => ({
  ...line,
  text: line.text.slice(0, start) + line.text.slice(end),
  cursor: start,
});

/** What each key does, by what a terminal sends for it. */
const keys: Readonly<Record<string, (line: LineState) => Edited>> = {
  '\r': (line) => ({ line: nextLine(line, line.text), effect: { kind: 'submit', line: line.text } }),
  '\t': (line) => ({ line, effect: { kind: 'complete' } }),
  '\u0003': (line) => ({ line: { ...emptyLine, history: line.history }, effect: { kind: 'interrupt' } }),
  '\u0004': (line) =>
    line.text === '' ? { line, effect: { kind: 'end' } } : { line: cut(line, line.cursor, behind(line)) },
  '\u000c': (line) => ({ line, effect: { kind: 'clear' } }),
  '\u007f': (line) => ({ line: cut(line, before(line), line.cursor) }),
  '\b': (line) => ({ line: cut(line, before(line), line.cursor) }),
  '\u001b[3~': (line) => ({ line: cut(line, line.cursor, behind(line)) }),
  '\u0001': (line) => ({ line: to(line, 0) }),
  '\u0005': (line) => ({ line: to(line, line.text.length) }),
  '\u0015': (line) => ({ line: cut(line, 0, line.cursor) }),
  '\u000b': (line) => ({ line: { ...line, text: line.text.slice(0, line.cursor) } }),
  '\u0017': (line) => ({ line: cut(line, wordBefore(line), line.cursor) }),
  '\u001b[A': (line) => ({ line: walkHistory(line, -1) }),
  '\u001b[B': (line) => ({ line: walkHistory(line, 1) }),
  '\u001b[C': (line) => ({ line: to(line, behind(line)) }),
  '\u001b[D': (line) => ({ line: to(line, before(line)) }),
  '\u001b[H': (line) => ({ line: to(line, 0) }),
  '\u001b[F': (line) => ({ line: to(line, line.text.length) }),
  '\u001b[1;5C': (line) => ({ line: to(line, wordBehind(line)) }),
  '\u001b[1;5D': (line) => ({ line: to(line, wordBefore(line)) }),
  '\u001bf': (line) => ({ line: to(line, wordBehind(line)) }),
  '\u001bb': (line) => ({ line: to(line, wordBefore(line)) }),
};

// eslint-disable-next-line no-control-regex
const controlCharacter = /[\u0000-\u001f\u007f]/;

/** A sequence that begins with Escape, a control character, or a run of text. */
// eslint-disable-next-line no-control-regex
const keyPattern = /\u001b\[[0-9;]*[A-Za-z~]|\u001b[A-Za-z]?|[\u0000-\u001f\u007f]|[^\u0000-\u001f\u007f]+/g;

/** Takes one key. A control key that means nothing changes nothing. */
export function pressKey(line: LineState, key: string): Edited {
  const does = Object.hasOwn(keys, key) ? keys[key] : undefined;
  if (does) return does(line);
  if (controlCharacter.test(key)) return { line };
  return { line: insert(line, key) };
}

/**
 * Parts what a terminal sends at once into keys: sequences that begin with Escape, control characters, and runs of
 * text. Ends of lines in a paste become Enter, whichever they are.
 */
export function readKeys(data: string): string[] {
  return data.replaceAll(/\r\n|\n/g, '\r').match(keyPattern) ?? [];
}
