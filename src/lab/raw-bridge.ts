import { socketAddress } from './sandbox-origin.ts';

/** A fresh TCP connection to the sandbox, on which the page may send any bytes it likes. */
export interface RawBridge {
  send(bytes: Uint8Array<ArrayBuffer>): void;
  /** Ends the TCP connection. */
  close(): void;
}

/** What a raw bridge tells whoever opened it. */
export interface RawBridgeListener {
  /** The TCP connection stands. */
  opened(): void;
  received(bytes: Uint8Array): void;
  /** Once. `reason` is the sandbox's own word: how the TCP connection ended, or why there was none. */
  ended(reason: string): void;
}

/** Opens a raw bridge of a lab; `path` is the lab's `services.raw`. */
export function openRawBridge(path: string, listener: RawBridgeListener): RawBridge {
  const socket = new WebSocket(socketAddress(path));
  socket.binaryType = 'arraybuffer';
  socket.onopen = () => {
    listener.opened();
  };
  socket.onmessage = ({ data }: MessageEvent<unknown>) => {
    if (data instanceof ArrayBuffer) listener.received(new Uint8Array(data));
  };
  socket.onclose = ({ code, reason }) => {
    listener.ended(reason === '' ? `the bridge closed with ${String(code)}` : reason);
  };
  return {
    send(bytes) {
      // A server may end it in the midst of what is being sent: the rest has nowhere to go.
      if (socket.readyState <= WebSocket.OPEN) socket.send(bytes);
    },
    close() {
      socket.close(1000);
    },
  };
}
