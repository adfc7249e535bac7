import { atom, type ReadableAtom } from 'nanostores';
import { connectByHand, shakeHands, type HandConnection } from './hand-connection.ts';

/** How a client that is played by hand stands. */
export type HandState =
  | { stage: 'idle' | 'opening' | 'open' }
  | { stage: 'ended'; reason: string }
  | { stage: 'failed'; reason: string };

/** A WebSocket client over the raw bridge that sends what it is told, legal or not, one connection at a time. */
export interface HandClient {
  $state: ReadableAtom<HandState>;
  /** Shakes hands on a fresh connection; one that is still open is closed first. */
  connect: (raw: string, path: string) => Promise<void>;
  /** Sends bytes, on a fresh connection where none is open. */
  send: (bytes: Uint8Array<ArrayBuffer>, raw: string, path: string) => Promise<void>;
  /** Ends the TCP connection. */
  hangUp: () => void;
}

/** Makes the client of one widget. `received` hears every piece that comes, the answer to the handshake included. */
export function createHandClient(received?: (bytes: Uint8Array) => void): HandClient {
  const $state = atom<HandState>({ stage: 'idle' });
  let current: HandConnection | undefined;

  const hangUp = (): void => {
    if (!current) return;
    current.close();
    current = undefined;
    $state.set({ stage: 'ended', reason: 'you ended it' });
  };
  /** Counts the attempts, so that the last bytes of one are not taken for the first of the next. */
  let attempts = 0;
  const connect = async (raw: string, path: string): Promise<void> => {
    hangUp();
    const attempt = ++attempts;
    $state.set({ stage: 'opening' });
    try {
      const connection = await connectByHand(raw, (bytes) => {
        if (attempt === attempts) received?.(bytes);
      });
      current = connection;
      void connection.ended.then((reason) => {
        if (current !== connection) return;
        current = undefined;
        $state.set({ stage: 'ended', reason });
      });
      await shakeHands(connection, path);
      $state.set({ stage: 'open' });
    } catch (error) {
      current?.close();
      current = undefined;
      $state.set({ stage: 'failed', reason: error instanceof Error ? error.message : String(error) });
    }
  };
  return {
    $state,
    connect,
    hangUp,
    async send(bytes, raw, path) {
      if ($state.get().stage !== 'open') await connect(raw, path);
      if ($state.get().stage === 'open') current?.send(bytes);
    },
  };
}

/** How a client played by hand stands, in words. */
export function handNote(state: HandState): string {
  switch (state.stage) {
    case 'idle':
      return '';
    case 'opening':
      return 'Shaking hands …';
    case 'open':
      return 'The connection is open.';
    case 'ended':
      return `The TCP connection has ended: ${state.reason}.`;
    case 'failed':
      return state.reason;
  }
}
