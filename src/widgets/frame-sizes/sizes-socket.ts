import { createEchoSocket } from '../bench/echo-socket.ts';

/** The page's own connection, over which the sizes go. */
export const sizesSocket = createEchoSocket();

/** Sends a binary message of so many bytes, on the connection that is open or on a new one once it is. */
export function sendBytes(echo: string, byteCount: number): void {
  const send = (): void => {
    sizesSocket.$witness.get()?.send(new Uint8Array(byteCount).fill(0x61));
  };
  const standing = sizesSocket.$witness.get()?.socket;
  if (standing?.readyState === WebSocket.OPEN) {
    send();
    return;
  }
  if (standing?.readyState !== WebSocket.CONNECTING) sizesSocket.connect(echo);
  sizesSocket.$witness.get()?.socket.addEventListener('open', send, { once: true });
}
