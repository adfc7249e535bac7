import type { Side, WireEvent } from '../../src/contract/wire-event.ts';

/** Bytes of a text with `\n` for CR LF, as heads are easiest to read in a test. */
export const wire = (text: string): Uint8Array => new TextEncoder().encode(text.replaceAll('\n', '\r\n'));

/** Bytes of hex digits; spaces are for the eye. */
export const hex = (digits: string): Uint8Array =>
  Uint8Array.from((digits.replaceAll(' ', '').match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16)));

/** The handshake of RFC 6455 §1.3, as a client and a server would write it. */
export const sampleRequest = wire(
  'GET /labs/x/echo HTTP/1.1\nHost: 127.0.0.1:4321\nUpgrade: websocket\nConnection: Upgrade\nOrigin: http://127.0.0.1:4321\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\nSec-WebSocket-Version: 13\n\n',
);
export const sampleResponse = wire(
  'HTTP/1.1 101 Switching Protocols\nUpgrade: websocket\nConnection: Upgrade\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\n\n',
);

/** Writes a wire log by hand: each call is the next event, a millisecond after the last. */
export class WrittenLog {
  readonly events: WireEvent[] = [];

  get #next(): { seq: number; at: number } {
    return { seq: this.events.length + 1, at: this.events.length };
  }

  open(conn: number, path: string | null = '/labs/x/echo'): this {
    this.events.push({ ...this.#next, type: 'open', conn, path });
    return this;
  }

  /** `due` defaults to the moment of entering; `null` is a chunk that the link holds. */
  bytes(conn: number, from: Side, bytes: Uint8Array, due?: number | null): this {
    const next = this.#next;
    const leaves = due === null ? {} : { due: due ?? next.at };
    this.events.push({ ...next, ...leaves, type: 'bytes', conn, from, bytes });
    return this;
  }

  left(conn: number, of: number): this {
    this.events.push({ ...this.#next, type: 'left', conn, of });
    return this;
  }

  lost(conn: number, from: Side, byteCount: number): this {
    this.events.push({ ...this.#next, type: 'lost', conn, from, byteCount });
    return this;
  }

  end(conn: number, by: Side | 'link', how: 'fin' | 'rst' = 'fin'): this {
    this.events.push({ ...this.#next, type: 'end', conn, by, how });
    return this;
  }

  /** A connection whose handshake is done. */
  upgraded(conn: number): this {
    return this.open(conn).bytes(conn, 'client', sampleRequest).bytes(conn, 'server', sampleResponse);
  }
}
