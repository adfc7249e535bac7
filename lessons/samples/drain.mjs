// A server that leaves without a stampede: on SIGTERM it takes nobody in, and says goodbye to one client after another.
import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';

const port = Number(process.argv[2] ?? 8080);
const windowMs = Number(process.argv[3] ?? 30_000);
const graceMs = 5000; // for clients that never answer a Close

const http = createServer((request, response) => response.writeHead(426).end());
const sockets = new WebSocketServer({ server: http });
sockets.on('connection', (socket) => socket.on('error', console.error));

function drain() {
  console.log(`draining ${sockets.clients.size} connections over ${windowMs} ms`);
  http.close(() => {
    console.log('drained');
    process.exit(0);
  });
  for (const socket of sockets.clients) {
    // At random, each at a time of its own: they come back to the other servers just as spread out.
    setTimeout(() => socket.close(1012, 'service restart'), Math.random() * windowMs);
  }
  setTimeout(() => {
    for (const socket of sockets.clients) socket.terminate();
  }, windowMs + graceMs).unref();
}
process.once('SIGTERM', drain);

http.listen(port, () => console.log(`ws://127.0.0.1:${http.address().port}`));
