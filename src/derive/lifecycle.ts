/** The states of a `WebSocket`, by their `readyState` (WHATWG WebSockets, `readyState`). */
export const readyStates = ['CONNECTING', 'OPEN', 'CLOSING', 'CLOSED'] as const;

/** A step from one state to another that a socket may take. */
export interface LifecycleEdge {
  id: string;
  from: number;
  to: number;
  /** What makes it, in a few words. */
  by: string;
}

/** All of them: there is no way back, and none from CLOSED. */
export const lifecycleEdges: readonly LifecycleEdge[] = [
  { id: '0-1', from: 0, to: 1, by: 'the 101 is right' },
  { id: '0-2', from: 0, to: 2, by: 'close() too early' },
  { id: '0-3', from: 0, to: 3, by: 'no 101, or a wrong one' },
  { id: '1-2', from: 1, to: 2, by: 'close()' },
  { id: '1-3', from: 1, to: 3, by: 'the server closes, or TCP ends' },
  { id: '2-3', from: 2, to: 3, by: 'the closing handshake is done, or given up' },
];

/** The steps that a socket has taken, by its readyState as it was seen again and again, from its construction on. */
export function edgesWalked(seen: readonly number[]): LifecycleEdge[] {
  const walked: LifecycleEdge[] = [];
  let state = 0;
  for (const next of seen) {
    const edge = lifecycleEdges.find(({ from, to }) => from === state && to === next);
    if (edge) walked.push(edge);
    state = next;
  }
  return walked;
}
