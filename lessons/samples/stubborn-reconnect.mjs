// The usual repair: it does come back. After every end, for ever, a second later, together with everybody else.
const address = process.argv[2] ?? 'ws://127.0.0.1:8080';
const waitMs = Number(process.argv[3] ?? 1000);

function connect() {
  const socket = new WebSocket(address);
  socket.onopen = () => console.log('open');
  socket.onclose = ({ code }) => {
    console.log(`closed with ${code}, trying again`);
    setTimeout(connect, waitMs);
  };
}
connect();
