import { atom } from 'nanostores';
import { openRawBridge, type RawBridge } from '../../lab/raw-bridge.ts';
import { socketAddress } from '../../lab/sandbox-origin.ts';
import { witnessSocket, type Witness } from '../../lab/witness.ts';
import { echoPath, listOf, type ConnectOptions } from './connect-options.ts';
import { requestBytes, type RequestText } from './request-text.ts';

/** The browser's own connection and what its script has seen of it; the last one stays until the next. */
export const $witness = atom<Witness | undefined>(undefined);

/** Why the constructor of `WebSocket` threw, in the browser's words. */
export const $constructorError = atom<string | undefined>(undefined);

/** How the raw bridge stands. */
export type BridgeState = { stage: 'idle' | 'opening' | 'open' } | { stage: 'ended'; reason: string };
export const $bridge = atom<BridgeState>({ stage: 'idle' });

let bridge: RawBridge | undefined;

/** Opens a connection from this page's script to the echo service; one that is still open is closed first. */
export function connect(echo: string, options: ConnectOptions): void {
  disconnect();
  $constructorError.set(undefined);
  try {
    const address = socketAddress(echoPath(echo, options));
    $witness.set(
      witnessSocket(address, listOf(options.subprotocols), (witness) => {
        $witness.set(witness);
      }),
    );
  } catch (error) {
    $constructorError.set(error instanceof Error ? error.message : String(error));
  }
}

/** Closes the browser's connection, as a script does: `close()` without a code. */
export function disconnect(): void {
  const witness = $witness.get();
  if (witness && witness.socket.readyState < WebSocket.CLOSING) witness.close();
}

/** Sends one text message over the browser's connection. */
export function say(text: string): void {
  const witness = $witness.get();
  if (witness?.socket.readyState === WebSocket.OPEN) witness.send(text);
}

/** Sends a request exactly as typed over a fresh raw bridge; one that is still open is closed first. */
export function sendByHand(raw: string, text: RequestText): void {
  hangUp();
  $bridge.set({ stage: 'opening' });
  const opened: RawBridge = openRawBridge(raw, {
    opened() {
      $bridge.set({ stage: 'open' });
      opened.send(requestBytes(text));
    },
    // What comes back crosses the lab's link and is read from the wire log, like everything else.
    received: () => undefined,
    ended(reason) {
      if (bridge !== opened) return;
      bridge = undefined;
      $bridge.set({ stage: 'ended', reason });
    },
  });
  bridge = opened;
}

/** Ends the raw bridge's TCP connection. */
export function hangUp(): void {
  if (!bridge) return;
  bridge.close();
  bridge = undefined;
  $bridge.set({ stage: 'ended', reason: 'you ended it' });
}
