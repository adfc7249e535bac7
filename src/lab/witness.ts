/** Something that the page's script did with a socket, or was told by it. */
export interface Testimony {
  /** Milliseconds since the socket was constructed, by the page's own clock. */
  at: number;
  what: 'new WebSocket()' | 'send()' | 'close()' | 'open' | 'message' | 'error' | 'close';
  /** readyState at that moment. */
  readyState: number;
  /** What came with it: a code and a reason, a message's text or size. */
  detail: string;
}

/** A browser's WebSocket together with all that its script has seen of it. */
export interface Witness {
  readonly socket: WebSocket;
  /** Only ever grows. */
  readonly testimonies: readonly Testimony[];
  send(data: string | Uint8Array<ArrayBuffer>): void;
  close(code?: number, reason?: string): void;
}

/**
 * Opens a WebSocket and takes down what the script does and sees. `changed` is called after each entry.
 * `Socket` is another window's, where the socket is to live there. Throws what the constructor throws: a `SyntaxError` for a bad address or subprotocol.
 */
export function witnessSocket(
  address: string,
  subprotocols: string[],
  changed: (witness: Witness) => void,
  Socket: typeof WebSocket = WebSocket,
): Witness {
  const began = performance.now();
  const socket = new Socket(address, subprotocols);
  const testimonies: Testimony[] = [];
  const note = (what: Testimony['what'], detail: string): void => {
    testimonies.push({ at: performance.now() - began, what, readyState: socket.readyState, detail });
    changed({ ...witness });
  };
  const witness: Witness = {
    socket,
    testimonies,
    send(data) {
      socket.send(data);
      note('send()', typeof data === 'string' ? data : `${String(data.length)} bytes, binary`);
    },
    close(code, reason) {
      socket.close(code, reason);
      note('close()', code === undefined ? 'without a code' : `${String(code)} ${reason ?? ''}`.trim());
    },
  };
  socket.onopen = () => {
    note('open', socket.protocol === '' ? 'no subprotocol' : `subprotocol ${socket.protocol}`);
  };
  socket.onmessage = ({ data }: MessageEvent<unknown>) => {
    note('message', typeof data === 'string' ? data : 'binary');
  };
  socket.onerror = () => {
    note('error', 'carries no reason');
  };
  socket.onclose = ({ code, reason, wasClean }) => {
    const words = reason === '' ? 'no reason' : `reason “${reason}”`;
    note('close', `code ${String(code)}, ${words}, wasClean ${String(wasClean)}`);
  };
  note('new WebSocket()', address);
  return witness;
}
