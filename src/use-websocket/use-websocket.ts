import { useEffect, useEffectEvent, useState, useSyncExternalStore } from 'react';
import type { State } from '../resilient-socket/events.ts';
import type { SendResult } from '../resilient-socket/outgoing.ts';
import { ConnectionStore, type ConnectionOptions, type Received, type Snapshot } from './connection-store.ts';

/** A component's connection, as it is drawn. */
export interface UsedWebSocket {
  state: State;
  /** The newest messages of this URL, oldest first, each with an `id` for a key. */
  messages: readonly Received[];
  /** Why there is no socket: the address or an option makes no sense. */
  error: string | undefined;
  /** The same function at every render. A text that cannot be sent now waits; the answer says so, or that it was refused. */
  send: (data: string) => SendResult['result'];
  /** Tries again now, by hand, also when it was over. The same function at every render. */
  reconnect: () => void;
}

const notYet: Snapshot = { url: undefined, state: 'connecting', messages: [] };

/**
 * A connection for as long as the component is mounted, and for this URL; without one there is none. The options are
 * those of the resilient socket, taken when it connects: they may be written in the call, and a new object is no news.
 */
export function useWebSocket(url: string | undefined, options?: ConnectionOptions): UsedWebSocket {
  const [store] = useState(() => new ConnectionStore());
  const open = useEffectEvent((to: string) => store.open(to, options));
  useEffect(() => (url === undefined ? undefined : open(url)), [url]);
  const snapshot = useSyncExternalStore(store.subscribe, store.getSnapshot, store.getSnapshot);
  // Between the render with a new URL and its effect, the store still speaks of the old one.
  const { state, messages, error } = snapshot.url === url ? snapshot : notYet;
  return {
    state: url === undefined ? 'closed' : state,
    messages,
    error,
    send: store.send,
    reconnect: store.reconnect,
  };
}
