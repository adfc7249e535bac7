/** What a client of its own that comes back has lived through; times are ms on one clock of any beginning. */
export type ClientEvent = { at: number } & (
  | { what: 'connecting' | 'open' | 'unreadable' | 'dead' }
  | { what: 'end'; code: number }
  /** It will try again `delayMs` later. */
  | { what: 'retry'; delayMs: number }
  /** It will not. */
  | { what: 'final' }
  | { what: 'beat'; roundTripMs: number }
);

/** Where a client stands after all of that. */
export interface ClientStanding {
  /** Since when it has had no connection; `undefined` while it has one, and before it sought one. */
  downSince: number | undefined;
  /** It had a connection before. */
  wasOpen: boolean;
  /** When it tries again; `undefined` where it does not wait for that. */
  retryAt: number | undefined;
  /** It will not try again. */
  isFinal: boolean;
  /** The code of its last end. */
  lastCode: number | undefined;
}

/** Reads where a client stands off what it has lived through. */
export function clientStanding(events: readonly ClientEvent[]): ClientStanding {
  const standing: ClientStanding = {
    downSince: undefined,
    wasOpen: false,
    retryAt: undefined,
    isFinal: false,
    lastCode: undefined,
  };
  for (const event of events) {
    switch (event.what) {
      case 'connecting':
        standing.downSince ??= event.at;
        standing.retryAt = undefined;
        standing.isFinal = false;
        break;
      case 'open':
        standing.downSince = undefined;
        standing.wasOpen = true;
        break;
      case 'end':
        standing.downSince ??= event.at;
        standing.lastCode = event.code;
        break;
      case 'retry':
        standing.retryAt = event.at + event.delayMs;
        break;
      case 'final':
        standing.isFinal = true;
        standing.retryAt = undefined;
        break;
      case 'unreadable':
      case 'dead':
      case 'beat':
        break;
    }
  }
  return standing;
}
