/** Something that the page's script did with a socket, or was told by it. */
export interface Testimony {
  /** Milliseconds since the socket was constructed, by the page's own clock. */
  at: number;
  what: 'new WebSocket()' | 'send()' | 'close()' | 'open' | 'message' | 'error' | 'close';
  /** The name of the exception that the call threw; absent where it threw none. */
  threw?: string;
  /** readyState at that moment. */
  readyState: number;
  /** Bytes that `send()` had taken and that were not handed to the network at that moment. */
  bufferedAmount: number;
  /** What came with it: a code and a reason, a message's text or size. */
  detail: string;
}

/** A browser's WebSocket together with all that its script has seen of it. */
export interface Witness {
  readonly socket: WebSocket;
  /** Only ever grows. */
  readonly testimonies: readonly Testimony[];
  /** Throws what the socket's own `send()` throws: an `InvalidStateError` before it is open. */
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
  const note = (what: Testimony['what'], detail: string, threw?: string): void => {
    const { readyState, bufferedAmount } = socket;
    const at = performance.now() - began;
    testimonies.push({
      at,
      what,
      readyState,
      bufferedAmount,
      detail,
      ...(threw === undefined ? {} : { threw }),
    });
    changed({ ...witness });
  };
  const witness: Witness = {
    socket,
    testimonies,
    send(data) {
      const what = typeof data === 'string' ? data : `${String(data.length)} bytes, binary`;
      try {
        socket.send(data);
      } catch (error) {
        const { name, message } = error as DOMException;
        note('send()', `threw ${name}: ${message}`, name);
        throw error;
      }
      // Nobody hears of a message that is sent too late: only this count shows that it was taken.
      const late = socket.readyState > WebSocket.OPEN;
      note('send()', late ? `${what}; bufferedAmount is now ${String(socket.bufferedAmount)}` : what);
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
    note('message', typeof data === 'string' ? data : binarySays(data));
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

/** What a binary message arrived as: `binaryType` decides (WHATWG WebSockets, “binaryType”). */
function binarySays(data: unknown): string {
  // By its name, since an object of another window is no instance of this one's classes.
  const name = Object.prototype.toString.call(data).slice(8, -1);
  if (name === 'ArrayBuffer') return `ArrayBuffer of ${String((data as ArrayBuffer).byteLength)} bytes`;
  return `${name} of ${String((data as Blob).size)} bytes`;
}
