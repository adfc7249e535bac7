// All four events of a socket, each with the readyState at that moment. Give it the path of a refusal to see the other life.
const sandbox = process.argv[2] ?? 'http://127.0.0.1:4321';
const query = process.argv[3] ?? '';
const names = ['CONNECTING', 'OPEN', 'CLOSING', 'CLOSED'];

const lab = await (await fetch(new URL('/labs', sandbox), { method: 'POST' })).json();
const socket = new WebSocket(new URL(lab.services.echo + query, sandbox.replace(/^http/, 'ws')));
const say = (what) => console.log(`${what}: ${names[socket.readyState]}`);

say('new WebSocket()');
socket.addEventListener('open', () => {
  say('open');
  socket.close(4000, 'enough');
  say('close() called');
});
socket.addEventListener('error', () => say('error'));
socket.addEventListener('close', ({ code, wasClean }) => say(`close ${code}, wasClean ${wasClean}`));
