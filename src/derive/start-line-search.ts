import { latin1 } from '../protocol/visible-text.ts';

/** What a start line looks like to a reader that has lost its place: whole, up to its line end. */
const startLines = {
  request: /(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) [!-~]{1,4096} HTTP\/1\.[01]\r?\n/,
  response: /HTTP\/1\.[01] [1-5][0-9]{2}[ -~]{0,256}\r?\n/,
} as const;

/** The longest beginning of a start line that is kept from one chunk to the next, in bytes. */
const mostKept = 4224;

const noBytes = new Uint8Array(0);

/** Looks for the next start line in a stream of which the beginning is not known (a body may end on any line). */
export class StartLineSearch {
  readonly #pattern: RegExp;
  #kept: Uint8Array = noBytes;

  constructor(kind: 'request' | 'response') {
    this.#pattern = startLines[kind];
  }

  /** Takes the next bytes; answers all that has come from the beginning of a start line on, once one is whole. */
  push(bytes: Uint8Array): Uint8Array | undefined {
    const all = new Uint8Array(this.#kept.length + bytes.length);
    all.set(this.#kept);
    all.set(bytes, this.#kept.length);
    const at = this.#pattern.exec(latin1(all, 0, all.length))?.index;
    if (at !== undefined) return all.subarray(at);
    this.#kept = all.slice(-mostKept);
    return undefined;
  }
}
