// A chat in one room. Beside it: npm install ws. Origins of pages that may join follow the port.
import { WebSocketServer } from 'ws';

const [port = '8080', ...origins] = process.argv.slice(2);
const members = new Map(); // name -> socket
const history = []; // the last 100 messages
let lastId = 0;

function send(socket, event) {
  // Whoever does not read is let go: what waits for it waits in your memory.
  if (socket.bufferedAmount > 262_144) socket.terminate();
  else socket.send(JSON.stringify(event));
}

function sendAll(event) {
  for (const socket of members.values()) send(socket, event);
}

/** Reads a message by the contract. Throws an Error that names the field. */
function read(text) {
  const message = JSON.parse(text);
  if (message?.type !== 'message') throw new Error('type: expected "message"');
  if (typeof message.text !== 'string' || message.text.trim() === '')
    throw new Error('text: expected a text');
  if (message.text.length > 2000) throw new Error('text: expected 2,000 characters at most');
  return message;
}

const server = new WebSocketServer({
  port: Number(port),
  maxPayload: 16_384,
  // Any page can open a socket to you: only a browser says whose page it is, and it cannot lie.
  verifyClient: ({ origin }) => origin === undefined || origins.includes(origin),
});

server.on('connection', (socket, request) => {
  socket.on('error', () => undefined); // an illegal frame: ws closes, and `close` follows
  const name = new URL(request.url, 'http://chat').searchParams.get('name')?.trim() ?? '';
  if (name === '' || name.length > 32) return socket.close(4400, 'name: expected 1 to 32 characters');
  if (members.has(name)) return socket.close(4409, 'that name is taken');

  sendAll({ type: 'join', name });
  members.set(name, socket);
  send(socket, { type: 'history', you: name, members: [...members.keys()], messages: history });

  socket.on('message', (data) => {
    let message;
    try {
      message = read(data.toString());
    } catch (error) {
      send(socket, { type: 'error', message: error.message });
      return;
    }
    const { text, clientId } = message;
    const stored = { id: ++lastId, at: Date.now(), name, text, clientId };
    history.push(stored);
    if (history.length > 100) history.shift();
    if (clientId !== undefined) send(socket, { type: 'ack', clientId, id: stored.id });
    sendAll({ type: 'message', ...stored });
  });

  // However it ends, this is called, once.
  socket.on('close', () => {
    members.delete(name);
    sendAll({ type: 'leave', name });
  });
});

server.on('listening', () => console.log(`ws://127.0.0.1:${server.address().port}`));
