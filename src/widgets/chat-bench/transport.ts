import type { ChatEvent, Utterance } from '../../contract/chat.ts';
import type { Witness } from '../../lab/witness.ts';

/** A client's way to the chat, open or opening. */
export interface Transport {
  say(utterance: Utterance): void;
  /** Does nothing where the way has no room for it. */
  typing(): void;
  /** Sends any text as a message; `false` where there is no way to. */
  raw(text: string): boolean;
  /** Leaves; nothing is told after it. */
  close(): void;
}

/** What a way to the chat tells its client. */
export interface TransportListener {
  /** `askedAt`: when the poll that brought it was sent, by `performance.now()`. */
  heard(event: ChatEvent, askedAt?: number): void;
  /** What was said under this id did not get through, as far as is known. */
  failed(clientId: string, why: string): void;
  /** It goes on, but not all is well. */
  troubled(why: string): void;
  /** Once, unless `close()` was called first. */
  ended(why: string): void;
  /** What the script of a socket has done and seen. */
  witnessed(witness: Witness): void;
}

/** Where the chat of a lab is, and how a client comes in. */
export interface ChatDoor {
  /** The path of its socket. */
  chat: string;
  /** The path of its messages over HTTP. */
  messages: string;
  name: string;
  /** The last message that the client has. */
  since: number;
}
