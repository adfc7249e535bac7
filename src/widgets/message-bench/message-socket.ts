import { createEchoSocket } from '../bench/echo-socket.ts';

/** The page's own connection, over which the messages go. */
export const messageSocket = createEchoSocket();

/** Chooses what binary messages arrive as, from the next on (WHATWG WebSockets, “binaryType”). */
export function chooseBinaryType(type: BinaryType): void {
  const socket = messageSocket.$witness.get()?.socket;
  if (socket) socket.binaryType = type;
}

/** Sends; what the call throws stands among what the script saw. */
export function send(data: string | Uint8Array<ArrayBuffer>): void {
  try {
    messageSocket.$witness.get()?.send(data);
  } catch {
    // The witness has taken it down.
  }
}

/** Constructs a socket and sends in the same breath, before it can be open. */
export function sendBeforeOpen(path: string): void {
  messageSocket.connect(path);
  send('too early');
}

/** Sends once the connection is closed; one that still stands is closed first. */
export function sendAfterClose(): void {
  const socket = messageSocket.$witness.get()?.socket;
  if (!socket) return;
  const late = (): void => {
    if (messageSocket.$witness.get()?.socket === socket) send('too late');
  };
  if (socket.readyState === WebSocket.CLOSED) {
    late();
    return;
  }
  // The close event's other listener, the witness, has its entry first.
  socket.addEventListener('close', late, { once: true });
  messageSocket.disconnect();
}
