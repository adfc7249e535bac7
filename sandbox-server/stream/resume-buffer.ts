/** A message of the stream. */
export interface StreamMessage {
  /** 1, 2, 3 … */
  offset: number;
  data: string;
}

/** The last messages of a stream, for those who come back; beyond the bound the oldest are dropped. */
export class ResumeBuffer {
  readonly #maxMessages: number;
  readonly #messages: StreamMessage[] = [];
  #lastOffset = 0;

  constructor(maxMessages: number) {
    this.#maxMessages = maxMessages;
  }

  /** Of the last message; 0 before the first. */
  get lastOffset(): number {
    return this.#lastOffset;
  }

  add(data: string): StreamMessage {
    const message = { offset: ++this.#lastOffset, data };
    this.#messages.push(message);
    if (this.#messages.length > this.#maxMessages) this.#messages.shift();
    return message;
  }

  /** What came after an offset; `undefined` where it is of the future, or some of that is no longer held. */
  after(offset: number): readonly StreamMessage[] | undefined {
    const missing = this.#lastOffset - offset;
    if (missing < 0 || missing > this.#messages.length) return undefined;
    return missing === 0 ? [] : this.#messages.slice(-missing);
  }
}
