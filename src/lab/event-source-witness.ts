/** Something that the page's script did with an `EventSource`, or was told by it. */
export interface EventTestimony {
  /** 1, 2, 3 … in the life of this source. */
  index: number;
  /** Milliseconds since the source was constructed, by the page's own clock. */
  at: number;
  what: 'new EventSource()' | 'open' | 'message' | 'missed' | 'error' | 'close()';
  readyState: number;
  /** The last id at that moment; empty where none was set. */
  lastEventId: string;
  /** What came with it: the data of an event. */
  detail: string;
}

/** A browser's `EventSource` together with what its script has seen of it. */
export interface EventSourceWitness {
  readonly source: EventSource;
  readonly address: string;
  /** `performance.now()` when it was constructed. */
  readonly beganAt: number;
  /** The last of them, oldest first. */
  readonly testimonies: readonly EventTestimony[];
  /** Events with data that the script was given, all together. */
  readonly eventCount: number;
  /** When the first `open` came, ms since it was constructed; `undefined` while none has. */
  readonly openedAt: number | undefined;
  close(): void;
}

/** How many entries are kept; the oldest are dropped. */
const mostTestimonies = 200;

/**
 * Opens an event stream and takes down what the script does and sees. `changed` is called after each entry, with a new
 * object. Throws what the constructor throws: a `SyntaxError` for a bad address.
 */
export function witnessEvents(
  address: string,
  changed: (witness: EventSourceWitness) => void,
): EventSourceWitness {
  const beganAt = performance.now();
  const source = new EventSource(address);
  let lastEventId = '';
  let count = 0;
  let state: EventSourceWitness = {
    source,
    address,
    beganAt,
    testimonies: [],
    eventCount: 0,
    openedAt: undefined,
    close() {
      if (source.readyState === EventSource.CLOSED) return;
      source.close();
      note('close()', '');
    },
  };
  const note = (what: EventTestimony['what'], detail: string): void => {
    const at = performance.now() - beganAt;
    const entry = { index: ++count, at, what, readyState: source.readyState, lastEventId, detail };
    state = {
      ...state,
      testimonies: [...state.testimonies.slice(1 - mostTestimonies), entry],
      eventCount: state.eventCount + (what === 'message' ? 1 : 0),
      openedAt: what === 'open' ? (state.openedAt ?? at) : state.openedAt,
    };
    changed(state);
  };
  source.onopen = () => {
    note('open', '');
  };
  source.onmessage = (event: MessageEvent<string>) => {
    lastEventId = event.lastEventId;
    note('message', event.data);
  };
  source.addEventListener('missed', (event: MessageEvent<string>) => {
    note('missed', event.data);
  });
  source.onerror = () => {
    note('error', source.readyState === EventSource.CLOSED ? 'given up' : 'it will come back by itself');
  };
  note('new EventSource()', address);
  return state;
}
