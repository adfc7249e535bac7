import { OPEN, type WebSocketLike, type WebSocketMaker } from './websocket-like.ts';

/** What a connection tells. After `ended` it tells nothing more. */
export interface WireEvents {
  opened(): void;
  heard(data: unknown): void;
  ended(end: { code: number; reason: string; wasClean: boolean }): void;
}

/** One WebSocket, from its making to its end. */
export class Wire {
  readonly #socket: WebSocketLike;
  readonly #events: WireEvents;

  constructor(url: string, protocols: string[], WebSocket: WebSocketMaker, events: WireEvents) {
    this.#events = events;
    this.#socket = new WebSocket(url, protocols);
    this.#socket.onopen = () => {
      events.opened();
    };
    this.#socket.onmessage = ({ data }: { data: unknown }) => {
      events.heard(data);
    };
    // It says nothing of why, by design; the close that follows says what there is to know.
    this.#socket.onerror = () => undefined;
    this.#socket.onclose = ({
      code,
      reason,
      wasClean,
    }: {
      code: number;
      reason: string;
      wasClean: boolean;
    }) => {
      events.ended({ code, reason, wasClean });
    };
  }

  get isOpen(): boolean {
    return this.#socket.readyState === OPEN;
  }

  get bufferedAmount(): number {
    return this.#socket.bufferedAmount;
  }

  send(data: string): void {
    this.#socket.send(data);
  }

  /** Begins the closing handshake; its end will be told. */
  close(code?: number, reason?: string): void {
    this.#socket.close(code, reason);
  }

  /** Gives it up at once: on a dead connection a closing handshake would take a minute to fail. */
  abandon(): void {
    this.#forget();
    this.#socket.close();
    this.#events.ended({ code: 1006, reason: '', wasClean: false });
  }

  /** Says goodbye without waiting for the answer: where the page is left, nobody will hear it. */
  leave(reason: string): void {
    this.#forget();
    this.#socket.close(1000, reason);
    this.#events.ended({ code: 1000, reason, wasClean: false });
  }

  #forget(): void {
    this.#socket.onopen = null;
    this.#socket.onmessage = null;
    this.#socket.onclose = null;
  }
}
