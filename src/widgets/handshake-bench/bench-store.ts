import { atom } from 'nanostores';
import { openRawBridge, type RawBridge } from '../../lab/raw-bridge.ts';
import { createEchoSocket } from '../bench/echo-socket.ts';
import { echoPath, listOf, type ConnectOptions } from './connect-options.ts';
import { requestBytes, type RequestText } from './request-text.ts';

/** The browser's own connection. */
export const browserSocket = createEchoSocket();

/** Opens a connection from this page's script to the echo service. */
export function connect(echo: string, options: ConnectOptions): void {
  browserSocket.connect(echoPath(echo, options), listOf(options.subprotocols));
}

/** How the raw bridge stands. */
export type BridgeState = { stage: 'idle' | 'opening' | 'open' } | { stage: 'ended'; reason: string };
export const $bridge = atom<BridgeState>({ stage: 'idle' });

let bridge: RawBridge | undefined;

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
