// Node 22 or later: its WebSocket is the one browsers have.
const sandbox = process.argv[2] ?? 'http://127.0.0.1:4321';

// A lab of your own; it comes with the paths of its services.
const lab = await (await fetch(new URL('/labs', sandbox), { method: 'POST' })).json();
const address = new URL(lab.services.echo, sandbox);
address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';

const socket = new WebSocket(address);
console.log('readyState right after the constructor:', socket.readyState);

socket.addEventListener('open', () => {
  console.log('open; only from here on may you send');
  socket.send('hello');
});
socket.addEventListener('message', ({ data }) => {
  console.log('the server says:', data);
  socket.close(1000, 'that is all');
});
socket.addEventListener('error', () => {
  console.log('error; it carries no reason, on purpose. close follows');
});
socket.addEventListener('close', ({ code, reason, wasClean }) => {
  console.log(`closed: ${code} "${reason}", ${wasClean ? 'clean' : 'not clean'}`);
});
