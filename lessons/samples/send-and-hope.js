// As found on the web: whenever there is a value, it is sent.
export function sendAndHope(socket, nextValue, everyMs) {
  const timer = setInterval(() => {
    if (socket.readyState === WebSocket.OPEN) {
      socket.send(JSON.stringify(nextValue()));
    }
  }, everyMs);
  return () => clearInterval(timer);
}
