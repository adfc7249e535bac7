// npm install ws: a client that sends a message before it knows how long it will be.
import { once } from 'node:events';
import { WebSocket } from 'ws';

const sandbox = process.argv[2] ?? 'http://127.0.0.1:4321';
const lab = await (await fetch(new URL('/labs', sandbox), { method: 'POST' })).json();
const address = new URL(lab.services.echo, sandbox);
address.protocol = 'ws:';

const socket = new WebSocket(address, { perMessageDeflate: false });
await once(socket, 'open');
socket.on('message', (data) => console.log(`message, ${data.length} bytes: ${data}`));
socket.on('pong', (data) => console.log(`pong: ${data}`));

// Three frames, one message: text with FIN 0, continuation with FIN 0, continuation with FIN 1.
socket.send('first ', { fin: false });
socket.send('second ', { fin: false });
// A control frame may stand in between; the pong does not wait for the message to end.
socket.ping('still there?');
await once(socket, 'pong');
socket.send('last', { fin: true });

await once(socket, 'message');
socket.close(1000);
const [code] = await once(socket, 'close');
console.log(`closed: ${code}`);
