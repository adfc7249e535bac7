import {
  ChatClose,
  parseChatRequest,
  wholeMessage,
  type ChatError,
  type ChatEvent,
} from '../../src/contract/chat.ts';
import { isRecord } from '../../src/contract/result.ts';
import type { TokenBucket } from '../feed/token-bucket.ts';
import type { ChatRoom, RoomMember } from './chat-room.ts';

/** What a member hears and says is passed on at most so often while it types; ms. */
const typingPassedOnMs = 1000;

/** So many messages in a row may come too fast before the connection is closed. */
const patience = 20;

/** The socket of a member, as far as the chat needs it. */
export interface MemberSocket {
  /** Bytes that were sent and that the network has not taken yet. */
  readonly bufferedBytes: number;
  send(text: string): void;
  /** Closes with a Close frame, and soon without an answer to it. */
  close(code: number, reason: string): void;
}

/** What a member is made of. */
export interface MemberParts {
  name: string;
  room: ChatRoom;
  socket: MemberSocket;
  bucket: TokenBucket;
  maxBufferedBytes: number;
}

/** A client on a socket: what it sends is judged here, and what it is told goes out here. */
export class ChatMember implements RoomMember {
  readonly name: string;
  readonly #parts: MemberParts;
  #typedAt = Number.NEGATIVE_INFINITY;
  #tooFast = 0;
  #isGone = false;

  constructor(parts: MemberParts) {
    this.name = parts.name;
    this.#parts = parts;
  }

  /** Takes a message of the client at `now` (ms). Whatever it is, the connection lives, but for a flood. */
  take(text: string | undefined, now: number): void {
    if (this.#isGone) return;
    const { room, bucket } = this.#parts;
    if (!bucket.take(now)) {
      this.#refuseFlood(text);
      return;
    }
    this.#tooFast = 0;
    if (text === undefined) {
      this.tell({
        type: 'error',
        code: 'not-text',
        message: 'The chat takes text messages; this was binary.',
      });
      return;
    }
    const request = parseChatRequest(text);
    if (!request.ok) {
      const { field, message } = request;
      const code = field === wholeMessage ? 'not-json' : 'field-refused';
      this.tell({ type: 'error', code, field, message: `${field}: ${message}`, ...clientIdOf(text) });
    } else if (request.value.type === 'message') {
      this.#typedAt = Number.NEGATIVE_INFINITY;
      room.say(this.name, request.value, ({ clientId, id }) => {
        if (clientId !== undefined) this.tell({ type: 'ack', clientId, id });
      });
    } else if (now - this.#typedAt >= typingPassedOnMs) {
      this.#typedAt = now;
      room.typing(this);
    }
  }

  tell(event: ChatEvent): void {
    if (this.#isGone) return;
    const { socket, maxBufferedBytes } = this.#parts;
    if (socket.bufferedBytes > maxBufferedBytes) {
      this.#end(ChatClose.readsTooSlowly, 'you read too slowly');
      return;
    }
    socket.send(JSON.stringify(event));
  }

  /** The socket is closed, or about to be: nothing more is heard from it or told to it. */
  leave(): void {
    this.#isGone = true;
    this.#parts.room.leave(this);
  }

  #refuseFlood(text: string | undefined): void {
    const error: ChatError = {
      type: 'error',
      code: 'too-fast',
      message: 'You send faster than the chat takes it: this one was not stored. Wait a second.',
      ...(text === undefined ? {} : clientIdOf(text)),
    };
    if (++this.#tooFast > patience) this.#end(ChatClose.tooFast, 'you went on sending too fast');
    else this.tell(error);
  }

  #end(code: number, reason: string): void {
    this.leave();
    this.#parts.socket.close(code, reason);
  }
}

/** The id that the client gave a message which was refused, so that it learns which one. */
function clientIdOf(text: string): { clientId?: string } {
  try {
    const json: unknown = JSON.parse(text);
    const clientId = isRecord(json) ? json['clientId'] : undefined;
    return typeof clientId === 'string' && clientId.length <= 64 ? { clientId } : {};
  } catch {
    return {};
  }
}
