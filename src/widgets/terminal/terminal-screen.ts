import type { IMarker, Terminal } from '@xterm/xterm';
import { completions } from './commands.ts';
import { emptyLine, insert, pressKey, readKeys, type LineState } from './line-editor.ts';
import type { TerminalLine } from './terminal-line.ts';

/** Colours of the lines, as ANSI has them: what they look like is the theme's. */
const colours: Record<TerminalLine['kind'], string> = {
  sent: '\u001b[34m',
  received: '\u001b[33m',
  note: '\u001b[90m',
  error: '\u001b[31m',
  help: '',
};
const signs: Record<TerminalLine['kind'], string> = {
  sent: '> ',
  received: '< ',
  note: '',
  error: '✗ ',
  help: '',
};
/** What came over the wire must not move the cursor or paint: every control character but the ends of lines. */
// eslint-disable-next-line no-control-regex
const unsafe = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g;
const plain = '\u001b[0m';

/** Who hears of what is typed. */
export interface ScreenListener {
  entered: (line: string) => void;
  interrupted: () => void;
}

/**
 * The terminal's screen: lines that are printed, and below them the line that is being edited, which stays whole
 * whatever is printed meanwhile. Everything that is drawn goes through one queue, since xterm writes in its own time.
 */
export class TerminalScreen {
  readonly #terminal: Terminal;
  readonly #listener: ScreenListener;
  #prompt = 'ws101>';
  #line: LineState = emptyLine;
  /** Where the prompt begins; it moves up as the screen scrolls. */
  #start: IMarker | undefined;
  #queue: Promise<void> = Promise.resolve();

  constructor(terminal: Terminal, listener: ScreenListener) {
    this.#terminal = terminal;
    this.#listener = listener;
    terminal.onData((data) => {
      for (const key of readKeys(data)) this.#press(key);
      this.#draw();
    });
    terminal.onResize(() => {
      this.#draw();
    });
    this.#draw();
  }

  /** Prints a line above the one that is being edited. */
  print(kind: TerminalLine['kind'], text: string): void {
    const safe = text.replaceAll(unsafe, '�').replaceAll('\n', '\r\n  ');
    this.#later(async () => {
      await this.#erase();
      await this.#write(`${colours[kind]}${signs[kind]}${safe}${plain}\r\n`);
      await this.#drawNow();
    });
  }

  /** Asks for the next line with other words. */
  ask(prompt: string): void {
    this.#prompt = prompt;
    this.#draw();
  }

  clear(): void {
    this.#later(async () => {
      await this.#write('\u001b[2J\u001b[3J\u001b[H');
      this.#start?.dispose();
      this.#start = undefined;
      await this.#drawNow();
    });
  }

  #press(key: string): void {
    const { line, effect } = pressKey(this.#line, key);
    const typed = this.#line.text;
    this.#line = line;
    switch (effect?.kind) {
      case 'submit':
        this.#leave(typed);
        this.#listener.entered(effect.line);
        break;
      case 'interrupt':
        this.#leave(`${typed}^C`);
        this.#listener.interrupted();
        break;
      case 'clear':
        this.clear();
        break;
      case 'complete':
        this.#complete();
        break;
      case 'end':
      case undefined:
        break;
    }
  }

  #complete(): void {
    const { text, cursor } = this.#line;
    const offers = completions(text.slice(0, cursor));
    const common = offers.reduce((one, other) => sharedBeginning(one, other), offers[0] ?? '');
    if (common.length > cursor) this.#line = insert(this.#line, common.slice(cursor));
    else if (offers.length > 1) this.print('help', offers.map((offer) => offer.trim()).join('   '));
  }

  /** Leaves the line on the screen as it was entered, and begins another below it. */
  #leave(text: string): void {
    const prompt = this.#prompt;
    this.#later(async () => {
      await this.#erase();
      await this.#write(`\u001b[1m${prompt}\u001b[0m ${text}\r\n`);
      this.#start?.dispose();
      this.#start = undefined;
    });
  }

  #draw(): void {
    this.#later(async () => {
      await this.#erase();
      await this.#drawNow();
    });
  }

  async #drawNow(): Promise<void> {
    const { text, cursor } = this.#line;
    this.#start?.dispose();
    this.#start = this.#terminal.registerMarker(0);
    await this.#write(`\u001b[1m${this.#prompt}\u001b[0m ${text.slice(0, cursor)}`);
    const { buffer } = this.#terminal;
    const column = buffer.active.cursorX;
    const place = this.#terminal.registerMarker(0);
    await this.#write(text.slice(cursor));
    const row = place.line - buffer.active.baseY;
    place.dispose();
    await this.#write(`\u001b[${String(row + 1)};${String(Math.min(column, this.#terminal.cols - 1) + 1)}H`);
  }

  /** Removes the line that is being edited from the screen; the cursor is where it began. */
  async #erase(): Promise<void> {
    if (!this.#start || this.#start.isDisposed) return;
    const row = Math.max(0, this.#start.line - this.#terminal.buffer.active.baseY);
    await this.#write(`\u001b[${String(row + 1)};1H\u001b[J`);
  }

  #later(work: () => Promise<void>): void {
    this.#queue = this.#queue.then(work);
  }

  #write(text: string): Promise<void> {
    return new Promise((resolve) => {
      this.#terminal.write(text, resolve);
    });
  }
}

function sharedBeginning(one: string, other: string): string {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length++;
  return one.slice(0, length);
}
