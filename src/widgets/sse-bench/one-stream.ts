import { atom } from 'nanostores';
import { witnessEvents, type EventSourceWitness } from '../../lab/event-source-witness.ts';
import { sandboxOrigin } from '../../lab/sandbox-origin.ts';
import { newMark } from '../bench/stream-mark.ts';

/** The page's one event stream, and the mark that its requests carry. The last one stays until the next. */
export const $stream = atom<{ mark: string; witness: EventSourceWitness } | undefined>(undefined);

/** Opens an event stream; one that is still open is closed first. */
export function openStream(path: string): void {
  closeStream();
  const mark = newMark();
  witnessEvents(new URL(`${path}?mark=${mark}`, sandboxOrigin()).href, (witness) => {
    const current = $stream.get();
    // The last words of a source that was replaced are not news of the one that replaced it.
    if (witness.testimonies.length === 1 || current?.mark === mark) $stream.set({ mark, witness });
  });
}

/** `close()`: this source does not come back. */
export function closeStream(): void {
  $stream.get()?.witness.close();
}
