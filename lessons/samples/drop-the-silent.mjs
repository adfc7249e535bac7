// A server that pings its clients, and ends a connection from which nothing has come since the last ping.
import { WebSocketServer } from 'ws';

const port = Number(process.argv[2] ?? 8080);
const heartbeatMs = Number(process.argv[3] ?? 30_000);
const server = new WebSocketServer({ port });

server.on('connection', (socket) => {
  let isAlive = true;
  const alive = () => {
    isAlive = true;
  };
  socket.on('pong', alive);
  socket.on('message', alive); // whoever talks is there, too

  const timer = setInterval(() => {
    if (!isAlive) {
      console.log('dropped: no answer');
      socket.terminate(); // not close(): nobody is there to answer a Close
      return;
    }
    isAlive = false;
    socket.ping();
  }, heartbeatMs);

  socket.on('error', console.error);
  socket.on('close', () => clearInterval(timer));
});

server.on('listening', () => console.log(`ws://127.0.0.1:${server.address().port}`));
