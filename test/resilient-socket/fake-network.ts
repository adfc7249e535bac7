import type { ClientEnvelope, ServerEnvelope } from '../../src/resilient-socket/envelope.ts';
import type { WebSocketLike } from '../../src/resilient-socket/websocket-like.ts';
import type { FakeClock } from '../support/fake-clock.ts';

/** A server that keeps sessions, as far as the client can tell: it takes each id once, and resumes by offset. */
export class FakeServer {
  /** What it has applied, in order. */
  readonly applied: string[] = [];
  readonly sockets: FakeSocket[] = [];
  life = 'first';
  /** Whether new connections get through. */
  isReachable = true;
  /** Whether what is sent still arrives: a network that has fallen silent. */
  isSilent = false;
  #received = 0;
  readonly #stream: string[] = [];

  /** Sockets that exist and are not closed. */
  get openSockets(): FakeSocket[] {
    return this.sockets.filter(({ readyState }) => readyState < 2);
  }

  /** Sends a message to whoever is there. */
  publish(data: string): void {
    this.#stream.push(data);
    const offset = this.#stream.length;
    for (const socket of this.openSockets) socket.hear({ type: 'message', offset, data });
  }

  take(socket: FakeSocket, envelope: ClientEnvelope): void {
    switch (envelope.type) {
      case 'hello': {
        const isKnown = envelope.life === this.life && envelope.offset !== undefined;
        const from = isKnown ? (envelope.offset ?? 0) : this.#stream.length;
        socket.hear({ type: 'welcome', life: this.life, received: this.#received, offset: from });
        for (let offset = from + 1; offset <= this.#stream.length; offset++) {
          socket.hear({ type: 'message', offset, data: this.#stream[offset - 1] ?? '' });
        }
        break;
      }
      case 'message':
        if (envelope.id === this.#received + 1) {
          this.#received = envelope.id;
          this.applied.push(envelope.data);
        }
        socket.hear({ type: 'ack', id: this.#received });
        break;
      case 'ping':
        socket.hear({ type: 'pong', id: envelope.id, offset: this.#stream.length });
    }
  }
}

/** A WebSocket to a fake server: everything takes a moment, and a cut loses what is under way. */
export class FakeSocket implements WebSocketLike {
  readyState = 0;
  bufferedAmount = 0;
  onopen: WebSocketLike['onopen'] = null;
  onmessage: WebSocketLike['onmessage'] = null;
  onclose: WebSocketLike['onclose'] = null;
  onerror: WebSocketLike['onerror'] = null;
  readonly sent: string[] = [];
  readonly #server: FakeServer;
  readonly #clock: FakeClock;

  constructor(server: FakeServer, clock: FakeClock) {
    this.#server = server;
    this.#clock = clock;
    server.sockets.push(this);
    clock.setTimeout(() => {
      if (this.readyState !== 0 || server.isSilent) return;
      if (!server.isReachable) this.end(1006);
      else {
        this.readyState = 1;
        (this.onopen as (() => void) | null)?.();
      }
    }, 5);
  }

  send(data: string): void {
    this.sent.push(data);
    this.#clock.setTimeout(() => {
      if (this.readyState === 1 && !this.#server.isSilent) {
        this.#server.take(this, JSON.parse(data) as ClientEnvelope);
      }
    }, 5);
  }

  close(code = 1005): void {
    if (this.readyState > 1) return;
    this.readyState = 2;
    this.#clock.setTimeout(() => {
      this.end(code);
    }, 5);
  }

  hear(envelope: ServerEnvelope): void {
    this.#clock.setTimeout(() => {
      if (this.readyState !== 1 || this.#server.isSilent) return;
      (this.onmessage as ((event: { data: string }) => void) | null)?.({ data: JSON.stringify(envelope) });
    }, 5);
  }

  end(code: number): void {
    if (this.readyState === 3) return;
    this.readyState = 3;
    (this.onclose as ((event: object) => void) | null)?.({ code, reason: '', wasClean: code !== 1006 });
  }
}

/** The class of the sockets to a server. */
export function socketsTo(server: FakeServer, clock: FakeClock) {
  return class extends FakeSocket {
    constructor() {
      super(server, clock);
    }
  };
}
