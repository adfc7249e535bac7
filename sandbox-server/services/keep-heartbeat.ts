import type { WebSocket } from 'ws';

/** Pings, and ends a connection whose last ping was not answered by the time of the next. */
export function keepHeartbeat(socket: WebSocket, heartbeatMs: number): void {
  let isAnswered = true;
  socket.on('pong', () => {
    isAnswered = true;
  });
  const timer = setInterval(() => {
    if (!isAnswered) {
      socket.terminate();
      return;
    }
    isAnswered = false;
    socket.ping();
  }, heartbeatMs);
  socket.once('close', () => {
    clearInterval(timer);
  });
}
