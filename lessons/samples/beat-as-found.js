// As found on the web: a timer that says something, from now on and for ever.
export function beatAsFound(address, everyMs, Socket = WebSocket) {
  const socket = new Socket(address);
  setInterval(() => {
    if (socket.readyState === WebSocket.OPEN) socket.send('ping');
  }, everyMs);
  return socket;
}
