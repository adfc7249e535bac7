import type { State } from '../resilient-socket/events.ts';
import type { ResilientSocketOptions } from '../resilient-socket/options.ts';
import type { SendResult } from '../resilient-socket/outgoing.ts';
import { ResilientSocket } from '../resilient-socket/resilient-socket.ts';

/** A message of the server. The store gives it its `id`, 1, 2, 3 …: a key for a list, whatever the server sends. */
export interface Received {
  id: number;
  data: unknown;
}

/** What a view shows of a connection. A new object at each change, the same one in between. */
export interface Snapshot {
  /** What this is about; `undefined` before the first connection. */
  url: string | undefined;
  state: State;
  /** The newest messages of this URL, oldest first. */
  messages: readonly Received[];
  /** Why there is no socket: the address or an option makes no sense. In the platform's words, or the option's. */
  error?: string;
}

/** What to connect with; `keep`: so many messages are held, the newest. */
export interface ConnectionOptions extends Partial<ResilientSocketOptions> {
  keep?: number;
}

const nothing: Snapshot = { url: undefined, state: 'connecting', messages: [] };
const keptByDefault = 200;
/** Messages that an effect sends before the socket is made. */
const mostEarly = 100;

/** One component's connection, outside of React: it has at most one socket, and knows whose words it listens to. */
export class ConnectionStore {
  readonly #listeners = new Set<() => void>();
  #snapshot: Snapshot = nothing;
  #socket: ResilientSocket | undefined;
  #early: string[] | undefined;
  #lastId = 0;

  /** Bound, and the same for life: `useSyncExternalStore` and effects may depend on them. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  readonly getSnapshot = (): Snapshot => this.#snapshot;

  /** What became of it: without a connection that was asked for, it is refused, never lost without a word. */
  readonly send = (data: string): SendResult['result'] => {
    if (this.#socket) return this.#socket.send(data).result;
    if (!this.#early || this.#early.length >= mostEarly) return 'refused';
    this.#early.push(data);
    return 'queued';
  };

  readonly reconnect = (): void => {
    this.#socket?.reconnect();
  };

  /**
   * Connects, and answers how to end that. The socket is made in a microtask: StrictMode runs an effect, its cleanup and
   * the effect again without a pause, so the discarded run makes none, and leaves no half-open one to be closed.
   */
  open(url: string, { keep = keptByDefault, ...options }: ConnectionOptions = {}): () => void {
    const early: string[] = [];
    this.#early = early;
    let stop: (() => void) | undefined;
    let isOver = false;
    this.#turn({ url, state: 'connecting', messages: [] });
    queueMicrotask(() => {
      if (isOver) return;
      this.#early = undefined;
      try {
        stop = this.#hear(new ResilientSocket(url, options), keep);
        for (const data of early) this.send(data);
      } catch (error) {
        this.#turn({ url, state: 'closed', messages: [], error: String(error) });
      }
    });
    return () => {
      isOver = true;
      if (this.#early === early) this.#early = undefined;
      stop?.();
      // Nobody is told: who ends it is leaving, or has another URL at hand.
      this.#snapshot = nothing;
    };
  }

  /** Follows a socket; answers how to end it. */
  #hear(socket: ResilientSocket, keep: number): () => void {
    this.#socket = socket;
    const unheard = [
      socket.on('state', ({ state }) => {
        this.#turn({ ...this.#snapshot, state });
      }),
      socket.on('message', ({ data }) => {
        const messages = [...this.#snapshot.messages, { id: ++this.#lastId, data }].slice(-keep);
        this.#turn({ ...this.#snapshot, messages });
      }),
    ];
    return () => {
      // Deaf first: what the old socket still says belongs to nobody.
      for (const stopHearing of unheard) stopHearing();
      this.#socket = undefined;
      socket.close();
    };
  }

  #turn(snapshot: Snapshot): void {
    this.#snapshot = snapshot;
    for (const listener of this.#listeners) listener();
  }
}
