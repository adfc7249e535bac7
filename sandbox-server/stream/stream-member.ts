import {
  readClientEnvelope,
  type ClientEnvelope,
  type ServerEnvelope,
} from '../../src/resilient-socket/envelope.ts';
import type { TokenBucket } from '../feed/token-bucket.ts';
import type { StreamMessage } from './resume-buffer.ts';
import type { SlowReader } from './slow-reader.ts';
import type { StreamListener, StreamRoom } from './stream-room.ts';

type Hello = Extract<ClientEnvelope, { type: 'hello' }>;

/** What a member is made of. */
export interface MemberParts {
  /** It does not speak the subprotocol: bare messages, both ways. */
  isPlain: boolean;
  room: StreamRoom;
  /** Messages further back than this are not resent to this one; a snapshot stands for them. */
  hold: number;
  /** Messages of the stream are filled up to so many bytes. */
  size: number;
  bucket: TokenBucket;
  reader: SlowReader;
  /** A message of the client was taken. */
  took(data: string): void;
  close(code: number, reason: string): void;
}

/** A client of the stream on one connection. Until it says `hello` it is sent nothing, unless it is a plain one. */
export class StreamMember implements StreamListener {
  readonly #parts: MemberParts;
  #session: string | undefined;
  /** The last message that this one was sent. */
  #sentOffset: number;

  constructor(parts: MemberParts) {
    this.#parts = parts;
    this.#sentOffset = parts.room.buffer.lastOffset;
  }

  hear(message: StreamMessage): void {
    const { offset, data } = this.#filled(message);
    if (this.#parts.isPlain) this.#parts.reader.send(data);
    else if (this.#session !== undefined) {
      this.#sentOffset = offset;
      this.#say({ type: 'message', offset, data });
    }
  }

  #filled({ offset, data }: StreamMessage): StreamMessage {
    return { offset, data: data.padEnd(this.#parts.size, ' .') };
  }

  /** Takes a message of the client at `now`, ms. */
  take(text: string | undefined, now: number): void {
    if (!this.#parts.bucket.take(now)) {
      this.#parts.close(1008, 'you send faster than the stream takes it');
      return;
    }
    if (this.#parts.isPlain) {
      // A plain client's message is taken as it comes, and not acknowledged.
      if (text !== undefined) this.#parts.took(text);
      return;
    }
    const envelope = readClientEnvelope(text);
    switch (envelope?.type) {
      case 'hello':
        this.#session = envelope.session;
        this.#greet(envelope.session, envelope);
        break;
      case 'message':
        this.#apply(envelope);
        break;
      case 'ping':
        this.#say({ type: 'pong', id: envelope.id, offset: this.#sentOffset });
        break;
      case undefined:
        this.#parts.close(1007, 'expected hello, message or ping as JSON');
    }
  }

  /** Says where the stream goes on, and sends what was missed; or what stands for it, where too much was. */
  #greet(session: string, { life, offset, acknowledged = 0 }: Omit<Hello, 'type' | 'session'>): void {
    const { room, hold } = this.#parts;
    const { buffer, sessions } = room;
    // What an earlier life had taken is behind the client: this one goes on from there.
    sessions.begin(session, acknowledged);
    const received = sessions.received(session);
    const isNew = life === undefined || offset === undefined;
    const missed = life === room.life && offset !== undefined ? buffer.after(offset) : undefined;
    const canResume = missed !== undefined && missed.length <= hold;
    const from = canResume && offset !== undefined ? offset : buffer.lastOffset;
    this.#sentOffset = buffer.lastOffset;
    this.#say({ type: 'welcome', life: room.life, received, offset: from });
    if (canResume) for (const message of missed) this.#say({ type: 'message', ...this.#filled(message) });
    else if (!isNew) {
      this.#say({ type: 'snapshot', life: room.life, offset: buffer.lastOffset, data: room.snapshot });
    }
  }

  #apply({ id, data }: { id: number; data: string }): void {
    const { sessions } = this.#parts.room;
    if (this.#session === undefined) {
      this.#parts.close(1002, 'say hello first');
      return;
    }
    if (id === 0) {
      // Its client asks for no acknowledgement: it is taken as it comes.
      this.#parts.took(data);
      return;
    }
    if (sessions.take(this.#session, id)) this.#parts.took(data);
    this.#say({ type: 'ack', id: sessions.received(this.#session) });
  }

  #say(envelope: ServerEnvelope): void {
    this.#parts.reader.send(JSON.stringify(envelope));
  }
}
