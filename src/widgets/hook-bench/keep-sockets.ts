/** The sockets of what was mounted on a bench, so that they can be ended when nobody else does. */
export interface SocketKeeper {
  /** As the platform's, but for this: once all are ended, it makes none any more. */
  Socket: typeof WebSocket;
  /** Ends all, and whatever would come after them. */
  endAll(): void;
}

/** Makes the class of the sockets of one run. */
export function keepSockets(): SocketKeeper {
  const made = new Set<WebSocket>();
  let isOver = false;
  const make = function (url: string, protocols?: string[]): object {
    // A component that was ended and comes back gets one that never opens.
    if (isOver) return { readyState: WebSocket.CLOSED, bufferedAmount: 0, send: nothing, close: nothing };
    const socket = new WebSocket(url, protocols);
    made.add(socket);
    socket.addEventListener('close', () => made.delete(socket));
    return socket;
  };
  return {
    // What `new` is applied to may answer another object.
    Socket: make as unknown as typeof WebSocket,
    endAll() {
      isOver = true;
      for (const socket of made) {
        socket.onclose = null;
        socket.close();
      }
    },
  };
}

const nothing = (): void => undefined;
