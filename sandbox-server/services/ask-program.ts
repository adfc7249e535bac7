import type { WebSocket } from 'ws';

/** A heartbeat of the application that the server keeps: it asks by a message, and the client's program answers by one. */
export interface ProgramQuestions {
  /** Takes a message of the client that answers a question; `false` where it is none. */
  takes(text: string): boolean;
}

/**
 * Asks the client's program `{"type":"ping","id":n}` so often, ms, and ends a connection that has not said
 * `{"type":"pong","id":n}` by the next. A pong frame is no answer: that comes from the client's WebSocket code.
 * `send` lets a question pass to the client.
 */
export function askProgram(socket: WebSocket, askMs: number, send: (text: string) => void): ProgramQuestions {
  let id = 0;
  let isAnswered = true;
  const timer = setInterval(() => {
    if (!isAnswered) {
      socket.terminate();
      return;
    }
    isAnswered = false;
    id++;
    send(JSON.stringify({ type: 'ping', id }));
  }, askMs);
  socket.once('close', () => {
    clearInterval(timer);
  });
  return {
    takes(text) {
      if (id === 0 || text !== JSON.stringify({ type: 'pong', id })) return false;
      isAnswered = true;
      return true;
    },
  };
}
