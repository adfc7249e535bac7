import { atom } from 'nanostores';
import { edgesWalked, type LifecycleEdge } from '../../derive/lifecycle.ts';
import { socketAddress } from '../../lab/sandbox-origin.ts';
import { witnessSocket, type Witness } from '../../lab/witness.ts';

/** The socket on the bench, and the state that it was seen in last. */
export interface LifecycleSocket {
  witness: Witness;
  readyState: number;
}

/** The socket on the bench; the last one stays until the next. */
export const $socket = atom<LifecycleSocket | undefined>();

/** How often each edge was walked on this page, by its id. */
export const $walks = atom<Readonly<Record<string, number>>>({});

/**
 * Opens a socket and watches its readyState: at each event, and at each frame of the screen, since nothing tells of
 * CLOSING. One that is still open is closed first.
 */
export function open(path: string): Witness {
  const before = $socket.get();
  if (before && before.readyState < WebSocket.CLOSING) before.witness.close();
  let seen: number[] = [0];
  let counted = 0;
  const look = (witness: Witness): void => {
    const { readyState } = witness.socket;
    if (seen.at(-1) !== readyState) seen = [...seen, readyState];
    const edges = edgesWalked(seen);
    for (const edge of edges.slice(counted)) count(edge);
    counted = edges.length;
    if ($socket.get()?.witness.socket === witness.socket || counted === 0)
      $socket.set({ witness, readyState });
  };
  const witness = witnessSocket(socketAddress(path), [], look);
  $socket.set({ witness, readyState: witness.socket.readyState });
  const watch = (): void => {
    const current = $socket.get()?.witness;
    if (current?.socket !== witness.socket) return;
    if (current.socket.readyState !== seen.at(-1)) look(current);
    if (current.socket.readyState !== WebSocket.CLOSED) requestAnimationFrame(watch);
  };
  requestAnimationFrame(watch);
  return witness;
}

function count({ id }: LifecycleEdge): void {
  const walks = $walks.get();
  $walks.set({ ...walks, [id]: (walks[id] ?? 0) + 1 });
}
