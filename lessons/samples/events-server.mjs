// A server of events that knows what each client has missed.
import { createServer } from 'node:http';

const port = Number(process.argv[2] ?? 8080);
/** What has happened so far; a real server keeps as much as its clients may have missed. */
const news = [];
const listeners = new Set();

const write = (response, { id, text }) => response.write(`id: ${id}\ndata: ${text}\n\n`);

setInterval(() => {
  const item = { id: news.length + 1, text: `news ${news.length + 1}` };
  news.push(item);
  for (const response of listeners) write(response, item);
}, 250);

const server = createServer((request, response) => {
  response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
  response.write('retry: 1000\n\n');
  // Who comes back says what it had last: it gets what it has missed, then what is new.
  const had = Number(request.headers['last-event-id'] ?? news.length);
  for (const item of news.slice(had)) write(response, item);
  listeners.add(response);
  response.once('close', () => listeners.delete(response));
});

server.listen(port, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}/`));
