import { atom, type ReadableAtom } from 'nanostores';
import { socketAddress } from '../../lab/sandbox-origin.ts';
import { witnessSocket, type Witness } from '../../lab/witness.ts';

/** The page's own connection to the echo service, one at a time. */
export interface EchoSocket {
  /** The connection and what its script has seen; the last one stays until the next. */
  $witness: ReadableAtom<Witness | undefined>;
  /** Why the constructor of `WebSocket` threw, in the browser's words. */
  $constructorError: ReadableAtom<string | undefined>;
  /** Opens a connection; one that is still open is closed first. */
  connect: (path: string, subprotocols?: string[]) => void;
  /** Sends a text message, if the connection is open. */
  say: (text: string) => void;
  /** `close()` without a code, as most scripts do. */
  disconnect: () => void;
}

/** Makes the socket of one widget. */
export function createEchoSocket(): EchoSocket {
  const $witness = atom<Witness | undefined>(undefined);
  const $constructorError = atom<string | undefined>(undefined);
  const disconnect = (): void => {
    const witness = $witness.get();
    if (witness && witness.socket.readyState < WebSocket.CLOSING) witness.close();
  };
  return {
    $witness,
    $constructorError,
    disconnect,
    connect(path, subprotocols = []) {
      disconnect();
      $constructorError.set(undefined);
      let current: WebSocket | undefined;
      try {
        const witness = witnessSocket(socketAddress(path), subprotocols, (changed) => {
          // The last words of a socket that was replaced are not news of the one that replaced it.
          if (current === undefined || changed.socket === current) $witness.set(changed);
        });
        current = witness.socket;
        $witness.set(witness);
      } catch (error) {
        $constructorError.set(error instanceof Error ? error.message : String(error));
      }
    },
    say(text) {
      const witness = $witness.get();
      if (witness?.socket.readyState === WebSocket.OPEN) witness.send(text);
    },
  };
}

/** Whether a page's own connection is open, and belongs to the lab whose echo has this path. */
export const isOpenTo = (witness: Witness | undefined, echo: string | undefined): boolean =>
  witness?.socket.readyState === WebSocket.OPEN &&
  echo !== undefined &&
  new URL(witness.socket.url).pathname === echo;
