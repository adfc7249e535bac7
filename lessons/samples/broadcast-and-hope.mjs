// As found on the web: everybody is sent everything, and nobody looks whether anybody reads.
import { WebSocket, WebSocketServer } from 'ws';

const port = Number(process.argv[2] ?? 8080);
const everyMs = Number(process.argv[3] ?? 20);
const server = new WebSocketServer({ port });
let count = 0;

setInterval(() => {
  const message = `${++count} `.padEnd(65_536, '.');
  server.clients.forEach((client) => {
    if (client.readyState === WebSocket.OPEN) client.send(message);
  });
}, everyMs);

// Not part of what is found: so that you see it.
setInterval(() => {
  let bytes = 0;
  for (const client of server.clients) bytes += client.bufferedAmount;
  const rss = process.memoryUsage().rss;
  console.log(`${server.clients.size} clients, ${bytes} bytes buffered, ${rss} bytes of memory`);
}, 250);

server.on('listening', () => console.log(`ws://127.0.0.1:${server.address().port}`));
