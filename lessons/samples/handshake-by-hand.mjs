// The opening handshake of a client with nothing but a TCP connection.
import { createHash, randomBytes } from 'node:crypto';
import { connect } from 'node:net';

const sandbox = new URL(process.argv[2] ?? 'http://127.0.0.1:4321');
const lab = await (await fetch(new URL('/labs', sandbox), { method: 'POST' })).json();

const key = randomBytes(16).toString('base64');
const request = [
  `GET ${lab.services.echo} HTTP/1.1`,
  `Host: ${sandbox.host}`,
  'Upgrade: websocket',
  'Connection: Upgrade',
  `Sec-WebSocket-Key: ${key}`,
  'Sec-WebSocket-Version: 13',
  '',
  '',
].join('\r\n');

const socket = connect(Number(sandbox.port || 80), sandbox.hostname);
socket.write(request);

// TCP is a stream: the head may come in pieces, and bytes of the first frame may come right behind it.
let received = '';
for await (const chunk of socket.setEncoding('latin1')) {
  received += chunk;
  if (received.includes('\r\n\r\n')) break;
}

const [statusLine, ...lines] = received.slice(0, received.indexOf('\r\n\r\n')).split('\r\n');
const fields = new Map(
  lines.map((line) => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
  }),
);
const expected = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');

console.log(statusLine);
console.log('accept expected:', expected);
console.log('accept received:', fields.get('sec-websocket-accept'));

const tokens = (value = '') => value.toLowerCase().split(/\s*,\s*/);

// What RFC 6455 §4.1 has a client check before it may call the connection open.
const open =
  statusLine.startsWith('HTTP/1.1 101') &&
  fields.get('upgrade')?.toLowerCase() === 'websocket' &&
  tokens(fields.get('connection')).includes('upgrade') &&
  fields.get('sec-websocket-accept') === expected;
console.log(open ? 'open: from here on both sides speak in frames' : 'not a WebSocket connection');
