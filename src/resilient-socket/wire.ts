import { OPEN, type WebSocketLike, type WebSocketMaker } from './websocket-like.ts';

/**
 * Where to connect to; or, if that changes, a function asked before each attempt: a token in the address expires, and a
 * handshake refused for that looks like a dead network to a script. If it cannot answer it throws, and is asked again later.
 */
export type Address = string | (() => string | Promise<string>);

/** What a connection tells. After `ended` it tells nothing more. */
export interface WireEvents {
  opened(): void;
  heard(data: unknown): void;
  ended(end: { code: number; reason: string; wasClean: boolean }): void;
}

/** One WebSocket, from its making to its end. */
export class Wire {
  readonly #events: WireEvents;
  /** `undefined` while its address is asked for. */
  #socket: WebSocketLike | undefined;
  /** Nobody waits for it any more. */
  #isUnwanted = false;
  #isOver = false;

  /** Throws where the platform refuses an address that is given. */
  constructor(address: Address, protocols: string[], WebSocket: WebSocketMaker, events: WireEvents) {
    this.#events = events;
    if (typeof address === 'string') this.#open(new WebSocket(address, protocols));
    else void this.#seek(address, (url) => new WebSocket(url, protocols));
  }

  get isOpen(): boolean {
    return this.#socket?.readyState === OPEN;
  }

  get bufferedAmount(): number {
    return this.#socket?.bufferedAmount ?? 0;
  }

  send(data: string): void {
    this.#socket?.send(data);
  }

  /** Begins the closing handshake; its end will be told. */
  close(code?: number, reason?: string): void {
    this.#isUnwanted = true;
    if (this.#socket) this.#socket.close(code, reason);
    else {
      queueMicrotask(() => {
        this.#end(1006, '');
      });
    }
  }

  /** Gives it up at once: on a dead connection a closing handshake would take a minute to fail. */
  abandon(): void {
    this.#forget();
    this.#socket?.close();
    this.#end(1006, '');
  }

  /** Says goodbye without waiting for the answer: where the page is left, nobody will hear it. */
  leave(reason: string): void {
    this.#forget();
    this.#socket?.close(1000, reason);
    this.#end(1000, reason);
  }

  async #seek(address: () => string | Promise<string>, make: (url: string) => WebSocketLike): Promise<void> {
    try {
      const url = await address();
      if (!this.#isUnwanted) this.#open(make(url));
    } catch (error) {
      this.#end(1006, String(error));
    }
  }

  #open(socket: WebSocketLike): void {
    this.#socket = socket;
    socket.onopen = () => {
      this.#events.opened();
    };
    socket.onmessage = ({ data }: { data: unknown }) => {
      this.#events.heard(data);
    };
    // It says nothing of why, by design; the close that follows says what there is to know.
    socket.onerror = () => undefined;
    socket.onclose = (end: { code: number; reason: string; wasClean: boolean }) => {
      const { code, reason, wasClean } = end;
      this.#events.ended({ code, reason, wasClean });
    };
  }

  #end(code: number, reason: string): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#events.ended({ code, reason, wasClean: false });
  }

  #forget(): void {
    this.#isUnwanted = true;
    if (!this.#socket) return;
    this.#socket.onopen = null;
    this.#socket.onmessage = null;
    this.#socket.onclose = null;
  }
}
