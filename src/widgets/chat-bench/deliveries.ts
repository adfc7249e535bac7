import { atom, type ReadableAtom } from 'nanostores';
import type { Way } from './pane-state.ts';

/** When a message of one pane came to the other: all times by the one clock of this page, `performance.now()`. */
export interface Delivery {
  clientId: string;
  text: string;
  sender: string;
  /** How the sender sent it. */
  sentBy: Way;
  sentAt: number;
  /** The sender knew that it was stored. */
  storedAt: number | undefined;
  seen: Sighting | undefined;
}

/** The other pane's script had the message. */
export interface Sighting {
  name: string;
  way: Way;
  at: number;
  /** When the poll that brought it was sent; `undefined` over a socket. */
  askedAt: number | undefined;
}

/** So many are kept, the newest. */
const mostDeliveries = 30;

const $writable = atom<readonly Delivery[]>([]);

/** The last messages between the two panes, the newest first. */
export const $deliveries: ReadableAtom<readonly Delivery[]> = $writable;

/** A pane has sent a message. One that is sent again begins again. */
export function noteSent(
  delivery: Pick<Delivery, 'clientId' | 'text' | 'sender' | 'sentBy' | 'sentAt'>,
): void {
  const others = $writable.get().filter(({ clientId }) => clientId !== delivery.clientId);
  $writable.set([{ ...delivery, storedAt: undefined, seen: undefined }, ...others].slice(0, mostDeliveries));
}

/** Its sender has heard that it is stored. */
export const noteStored = (clientId: string, storedAt: number): void => {
  change(clientId, (delivery) => ({ ...delivery, storedAt: delivery.storedAt ?? storedAt }));
};

/** A pane has it; the sender's own does not count, nor does a second time. */
export const noteSeen = (clientId: string, sighting: Sighting): void => {
  change(clientId, (delivery) =>
    delivery.sender === sighting.name ? delivery : { ...delivery, seen: delivery.seen ?? sighting },
  );
};

export const forgetDeliveries = (): void => {
  $writable.set([]);
};

function change(clientId: string, changed: (delivery: Delivery) => Delivery): void {
  $writable.set(
    $writable.get().map((delivery) => (delivery.clientId === clientId ? changed(delivery) : delivery)),
  );
}

/** How long a message waited, once it was stored, until the poll was sent that brought it; ms. 0 over a socket. */
export function waitForPoll({ storedAt, sentAt, seen }: Delivery): number {
  if (seen?.askedAt === undefined) return 0;
  return Math.max(0, seen.askedAt - Math.min(storedAt ?? sentAt, seen.askedAt));
}
