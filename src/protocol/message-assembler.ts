import { DecodedMessage } from './decoded-message.ts';
import type { Extension } from './extension.ts';
import type { Frame } from './frame.ts';
import { MessageInflater } from './message-inflater.ts';
import type { Message } from './message.ts';
import { Opcode } from './opcode.ts';
import { agreedDeflate } from './permessage-deflate.ts';
import type { Side } from './side.ts';

export interface MessageAssemblerOptions {
  /** Whose frames these are: each side has its own window. */
  from: Side;
  /** What was agreed on in the opening handshake. Default none. */
  extensions?: readonly Extension[];
  /** How much of a message is kept, after inflating, in bytes. It breaks no rule. Default 16 MiB. */
  maxMessageBytes?: number;
}

/**
 * Puts the messages of one side together from its frames (RFC 6455 §5.4), inflates them as was agreed (RFC 7692 §6.2)
 * and judges text as UTF-8 (§8.1). Never throws.
 */
export class MessageAssembler {
  readonly #maxMessageBytes: number;
  readonly #inflater: MessageInflater | undefined;
  #fragments: Frame[] = [];

  constructor({ from, extensions = [], maxMessageBytes = 16 * 1024 * 1024 }: MessageAssemblerOptions) {
    this.#maxMessageBytes = maxMessageBytes;
    const agreement = agreedDeflate(extensions);
    this.#inflater = agreement && new MessageInflater(from, agreement, maxMessageBytes);
  }

  /** The fragments of the message that is not finished yet. */
  get fragments(): readonly Frame[] {
    return this.#fragments;
  }

  /** What there is of the message that is not finished yet; nothing of it is inflated. */
  get unfinished(): Message | undefined {
    if (this.#fragments.length === 0) return undefined;
    return new DecodedMessage(this.#fragments, false, undefined, this.#maxMessageBytes);
  }

  /**
   * Takes the next frame. Answers the messages that end with it: mostly none or one; two where a new message begins
   * before the last one was finished, which §5.4 forbids. Control frames and continuations of nothing answer none.
   */
  push(frame: Frame): Message[] {
    const begins = frame.opcode === Opcode.text || frame.opcode === Opcode.binary;
    const continues = frame.opcode === Opcode.continuation && this.#fragments.length > 0;
    if (!begins && !continues) return [];
    const messages: Message[] = [];
    if (begins && this.#fragments.length > 0) messages.push(this.#finish(false));
    this.#fragments.push(frame);
    if (frame.fin) messages.push(this.#finish(true));
    return messages;
  }

  #finish(isFinished: boolean): Message {
    const fragments = this.#fragments;
    this.#fragments = [];
    return new DecodedMessage(fragments, isFinished, this.#inflater, this.#maxMessageBytes);
  }
}
