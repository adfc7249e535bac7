/** What a resilient socket is doing: connecting, open, waiting for its next attempt, or done for good. */
export type State = 'connecting' | 'open' | 'waiting' | 'closed';

/** The events of a resilient socket, and what each brings along as `detail`. Times are ms. */
export interface EventDetails {
  state: { state: State };
  /** A connection is open and, where there is a session, greeted. */
  open: { attempt: number };
  /** A message of the server, to be applied. */
  message: { data: unknown; offset?: number };
  /** The server no longer holds what was missed: this stands for all of it. */
  snapshot: { data: string; offset: number };
  /** A message that had been applied before; it was passed over. */
  duplicate: { offset: number };
  /** A message of another offset was due. */
  gap: { expected: number; offset: number };
  /** The server's program has taken this message of ours. */
  acknowledged: { number: number };
  /** A message of ours will never be sent. */
  dropped: { number: number; why: 'full' | 'too old' | 'superseded' };
  /** The heartbeat was answered. */
  beat: { roundTripMs: number };
  /** The heartbeat was not answered: the connection is given up. */
  dead: Record<string, never>;
  /** A connection has ended, or has not come about. */
  end: { code: number; reason: string; wasClean: boolean };
  /** It will be tried again after this time. */
  retry: { attempt: number; delayMs: number };
  /** It will not be tried again. */
  final: { why: 'by its code' | 'limit reached' | 'closed by you' | 'reconnect is off' };
}

/** An event with its detail; the platform's own `CustomEvent` is not everywhere. */
class ResilientEvent<Name extends keyof EventDetails> extends Event {
  readonly detail: EventDetails[Name];

  constructor(name: Name, detail: EventDetails[Name]) {
    super(name);
    this.detail = detail;
  }
}

/** An `EventTarget` that knows its events. */
export class TypedTarget extends EventTarget {
  /** Listens; answers how to stop. */
  on<Name extends keyof EventDetails>(
    name: Name,
    listener: (detail: EventDetails[Name]) => void,
  ): () => void {
    const heard = (event: Event): void => {
      listener((event as ResilientEvent<Name>).detail);
    };
    this.addEventListener(name, heard);
    return () => {
      this.removeEventListener(name, heard);
    };
  }

  protected tell<Name extends keyof EventDetails>(name: Name, detail: EventDetails[Name]): void {
    this.dispatchEvent(new ResilientEvent(name, detail));
  }
}
