// Everybody is sent what they read: one who falls behind misses some, and one who stays behind is let go.
import { WebSocket, WebSocketServer } from 'ws';

const port = Number(process.argv[2] ?? 8080);
const everyMs = Number(process.argv[3] ?? 20);
const patienceMs = Number(process.argv[4] ?? 10_000);
const maxBufferedBytes = 1_048_576;
const server = new WebSocketServer({ port });
let count = 0;
const behindSince = new WeakMap(); // client -> when it last had no room

setInterval(() => {
  const message = `${++count} `.padEnd(65_536, '.');
  for (const client of server.clients) {
    if (client.readyState === WebSocket.OPEN) sendOrSkip(client, message);
  }
}, everyMs);

function sendOrSkip(client, message) {
  if (client.bufferedAmount < maxBufferedBytes) {
    behindSince.delete(client);
    client.send(message);
    return;
  }
  const since = behindSince.get(client) ?? performance.now();
  behindSince.set(client, since);
  if (performance.now() - since > patienceMs) {
    console.log('let go of one who does not read');
    client.terminate(); // not close(): the Close frame would wait behind all the rest
  }
}

setInterval(() => {
  let bytes = 0;
  for (const client of server.clients) bytes += client.bufferedAmount;
  const rss = process.memoryUsage().rss;
  console.log(`${server.clients.size} clients, ${bytes} bytes buffered, ${rss} bytes of memory`);
}, 250);

server.on('listening', () => console.log(`ws://127.0.0.1:${server.address().port}`));
