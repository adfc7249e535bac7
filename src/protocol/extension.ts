import type { ByteRange } from './byte-range.ts';
import { isToken } from './token.ts';
import { visibleText } from './visible-text.ts';

/** A parameter of an extension: `client_max_window_bits`, or `server_max_window_bits=10` (RFC 6455 §9.1). */
export interface ExtensionParameter {
  name: string;
  /** `undefined` if it has none. A quoted value comes without its quotes. */
  value: string | undefined;
}

/** An extension as a client offers it or a server accepts it (RFC 6455 §9.1). */
export interface Extension {
  name: string;
  parameters: ExtensionParameter[];
}

/** A member of a list that is not what the grammar asks for. */
export interface ListFault {
  /** Which of the fields it stands in, from 0. */
  field: number;
  /** Its place in that field's value. */
  at: ByteRange;
  found: string;
}

/** The extensions of a `Sec-WebSocket-Extensions` field, or of several, which are one list (RFC 6455 §9.1, §11.3.2). */
export interface ExtensionList {
  /** Those that are well-formed, in order of preference. */
  extensions: Extension[];
  faults: ListFault[];
}

/** Reads the extensions of a head's `Sec-WebSocket-Extensions` fields. `values` are theirs, in order. */
export function parseExtensions(values: readonly string[]): ExtensionList {
  const list: ExtensionList = { extensions: [], faults: [] };
  for (const [field, value] of values.entries()) {
    const scanner = new ExtensionScanner(value);
    do {
      const extension = scanner.extension();
      if (extension instanceof Unexpected)
        list.faults.push({ field, at: extension.at, found: extension.found });
      else if (extension) list.extensions.push(extension);
    } while (scanner.skipComma());
  }
  return list;
}

/** Writes extensions as the value of one field. */
export const formatExtensions = (extensions: readonly Extension[]): string =>
  extensions.map(({ name, parameters }) => [name, ...parameters.map(formatParameter)].join('; ')).join(', ');

const formatParameter = ({ name, value }: ExtensionParameter): string =>
  value === undefined ? name : `${name}=${value}`;

/** What a scanner met where the grammar wants something else. */
class Unexpected {
  readonly at: ByteRange;
  readonly found: string;
  constructor(at: ByteRange, found: string) {
    this.at = at;
    this.found = found;
  }
}

/** Walks a value from left to right. There may be spaces between any two parts (RFC 2616 §2.1, "implied *LWS"). */
class ExtensionScanner {
  readonly #value: string;
  #at = 0;

  constructor(value: string) {
    this.#value = value;
  }

  /** The next member of the list; `undefined` for an empty one, which RFC 2616's lists allow. */
  extension(): Extension | Unexpected | undefined {
    this.#skipBlanks();
    if (this.#at === this.#value.length || this.#value[this.#at] === ',') return undefined;
    const name = this.#token('a name');
    if (name instanceof Unexpected) return name;
    const parameters: ExtensionParameter[] = [];
    while (this.#skip(';')) {
      const parameter = this.#parameter();
      if (parameter instanceof Unexpected) return parameter;
      parameters.push(parameter);
    }
    this.#skipBlanks();
    const ends = this.#at === this.#value.length || this.#value[this.#at] === ',';
    return ends ? { name, parameters } : this.#unexpected('a comma or a semicolon');
  }

  /** Goes past the next comma that is not in quotes; `false` where the value ends first. */
  skipComma(): boolean {
    let quoted = false;
    for (; this.#at < this.#value.length; this.#at++) {
      const character = this.#value[this.#at];
      if (quoted && character === '\\') this.#at++;
      else if (character === '"') quoted = !quoted;
      else if (character === ',' && !quoted) {
        this.#at++;
        return true;
      }
    }
    return false;
  }

  #parameter(): ExtensionParameter | Unexpected {
    this.#skipBlanks();
    const name = this.#token('the name of a parameter');
    if (name instanceof Unexpected) return name;
    if (!this.#skip('=')) return { name, value: undefined };
    this.#skipBlanks();
    const value = this.#value[this.#at] === '"' ? this.#quotedString() : this.#token('a value');
    return value instanceof Unexpected ? value : { name, value };
  }

  #token(wanted: string): string | Unexpected {
    const start = this.#at;
    let end = start;
    while (end < this.#value.length && isToken(this.#value[end] ?? '')) end++;
    if (end === start) return this.#unexpected(wanted);
    this.#at = end;
    return this.#value.slice(start, end);
  }

  /** RFC 6455 §9.1: what is left after unescaping must be a token. */
  #quotedString(): string | Unexpected {
    const start = this.#at;
    let value = '';
    let at = start + 1;
    for (; this.#value[at] !== '"'; at++) {
      if (this.#value[at] === '\\') at++;
      if (at >= this.#value.length) {
        return new Unexpected({ start, end: this.#value.length }, 'a quoted value without an end');
      }
      value += this.#value[at] ?? '';
    }
    if (!isToken(value)) {
      return new Unexpected(
        { start, end: at + 1 },
        `a quoted value that is not a token: ${visibleText(value)}`,
      );
    }
    this.#at = at + 1;
    return value;
  }

  #skip(character: string): boolean {
    this.#skipBlanks();
    if (this.#value[this.#at] !== character) return false;
    this.#at++;
    return true;
  }

  #skipBlanks(): void {
    while (this.#value[this.#at] === ' ' || this.#value[this.#at] === '\t') this.#at++;
  }

  #unexpected(wanted: string): Unexpected {
    const at = Math.min(this.#at, this.#value.length);
    const end = Math.min(at + 1, this.#value.length);
    const there = at === end ? 'the end' : visibleText(this.#value.slice(at, end));
    return new Unexpected({ start: at, end }, `${there} where ${wanted} belongs`);
  }
}
