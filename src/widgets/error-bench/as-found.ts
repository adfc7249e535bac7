import { listen } from '../../../lessons/samples/notify-on-error.js';

/** What a user has seen of a page that runs the snippet as found. */
export interface FoundTally {
  notices: readonly string[];
  /** What its handlers threw, in the browser's words. */
  threw: readonly string[];
}

/** The functions that the snippet calls and does not have. */
type Missing = 'logError' | 'showNotification' | 'showMessage';

interface Handlers {
  onerror?: (event: Event) => void;
  onclose?: (event: Event) => void;
  onmessage?: (event: Event) => void;
}

/**
 * Runs the snippet on a socket; with `completed`, the functions are there that it lacks. `changed` is called with what
 * came of it each time.
 */
export function listenAsFound(
  socket: WebSocket,
  completed: boolean,
  changed: (tally: FoundTally) => void,
): void {
  const notices: string[] = [];
  const threw: string[] = [];
  const lent: Record<Missing, (...given: unknown[]) => void> = {
    logError: () => undefined,
    showNotification: (text) => notices.push(String(text)),
    showMessage: () => undefined,
  };
  const handlers: Handlers = {};
  listen(handlers);
  const run = (handler: ((event: Event) => void) | undefined, event: Event): void => {
    if (completed) Object.assign(globalThis, lent);
    try {
      handler?.(event);
    } catch (error) {
      threw.push(String(error));
    } finally {
      for (const name of Object.keys(lent)) Reflect.deleteProperty(globalThis, name);
    }
    changed({ notices: [...notices], threw: [...threw] });
  };
  socket.addEventListener('error', (event) => {
    run(handlers.onerror, event);
  });
  socket.addEventListener('close', (event) => {
    run(handlers.onclose, event);
  });
  socket.addEventListener('message', (event) => {
    run(handlers.onmessage, event);
  });
}
