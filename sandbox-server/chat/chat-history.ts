import type { StoredMessage, Utterance } from '../../src/contract/chat.ts';

/** The last messages of a chat, in the order in which they were stored. The oldest give way to new ones. */
export class ChatHistory {
  readonly #maxMessages: number;
  readonly #messages: StoredMessage[] = [];
  #lastId = 0;

  constructor(maxMessages: number) {
    this.#maxMessages = maxMessages;
  }

  /** Of the last message stored; 0 before the first. */
  get lastId(): number {
    return this.#lastId;
  }

  /** Stores a message, once: one whose `clientId` is held under the same name is the same message, sent again. */
  store(name: string, { text, clientId }: Utterance, at: number): { message: StoredMessage; isNew: boolean } {
    const held =
      clientId === undefined
        ? undefined
        : this.#messages.findLast((message) => message.clientId === clientId && message.name === name);
    if (held) return { message: held, isNew: false };
    const message = { id: ++this.#lastId, at, name, text, ...(clientId === undefined ? {} : { clientId }) };
    this.#messages.push(message);
    if (this.#messages.length > this.#maxMessages) this.#messages.shift();
    return { message, isNew: true };
  }

  /** What came after a message, and how many of it are no longer held. */
  after(since: number): { messages: StoredMessage[]; missed: number } {
    const messages = this.#messages.filter(({ id }) => id > since);
    return { messages, missed: Math.max(0, this.#lastId - since - messages.length) };
  }
}
