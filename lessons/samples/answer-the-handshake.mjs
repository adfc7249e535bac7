// The server's half of the opening handshake, and just enough of what follows to show that it holds.
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';

const guid = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
// An allow-list by equality. Programs that are not browsers send no Origin, or any they like.
const origins = new Set(['http://127.0.0.1:4321', 'http://localhost:4321', undefined]);

const server = createServer((_, response) => {
  response.writeHead(426, { Upgrade: 'websocket', Connection: 'Upgrade' }).end('WebSocket only\n');
});

server.on('upgrade', (request, socket) => {
  socket.on('error', () => socket.destroy()); // a peer may vanish at any time

  const refuse = (status, ...fields) =>
    socket.end(
      [`HTTP/1.1 ${status}`, 'Connection: close', 'Content-Length: 0', ...fields, '', ''].join('\r\n'),
    );

  const { upgrade, origin, 'sec-websocket-key': key, 'sec-websocket-version': version } = request.headers;
  if (request.method !== 'GET' || request.httpVersion < '1.1') return refuse('400 Bad Request');
  if (request.headers.host === undefined) return refuse('400 Bad Request');
  if (upgrade?.toLowerCase() !== 'websocket') return refuse('400 Bad Request');
  if (version !== '13')
    return refuse('426 Upgrade Required', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13');
  if (key === undefined || Buffer.from(key, 'base64').length !== 16) return refuse('400 Bad Request');
  if (!origins.has(origin)) return refuse('403 Forbidden');

  const accept = createHash('sha1')
    .update(key + guid)
    .digest('base64');
  socket.write(
    [
      'HTTP/1.1 101 Switching Protocols',
      'Upgrade: websocket',
      'Connection: Upgrade',
      `Sec-WebSocket-Accept: ${accept}`,
      '',
      '',
    ].join('\r\n'),
  );

  socket.write(Buffer.from('8105', 'hex')); // a text frame, 5 bytes, not masked: it comes from the server
  socket.write('hello');
  socket.write(Buffer.from('880203e8', 'hex')); // a Close frame with the code 1000
  socket.once('data', () => socket.end()); // the client's Close; the server ends TCP first
});

server.listen(Number(process.argv[2] ?? 8080), '127.0.0.1', () => {
  console.log(`ws://127.0.0.1:${server.address().port}/`);
});
