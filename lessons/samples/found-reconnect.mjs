// As found on the web: a socket that wants to come back. Run it, and end its connection.
const socket = new WebSocket(process.argv[2] ?? 'ws://127.0.0.1:8080');

socket.onopen = () => console.log('open');
socket.onclose = () => {
  const delay = Math.min(1000 * 2 ** retries, 30_000);
  setTimeout(() => {
    console.log('trying again');
    new WebSocket(socket.url);
  }, delay);
};
