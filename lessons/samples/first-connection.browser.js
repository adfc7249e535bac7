// Paste into the console of this page. `lab`, `socket` and `cut` stay there for you to play with.
var lab = await (await fetch('/labs', { method: 'POST' })).json();
var socket = new WebSocket(new URL(lab.services.echo, location.href.replace(/^http/, 'ws')));
console.log('readyState right after the constructor:', socket.readyState);

socket.addEventListener('open', () => {
  console.log('open; only from here on may you send');
  socket.send('hello');
});
socket.addEventListener('message', ({ data }) => {
  console.log('the server says:', data);
});
socket.addEventListener('error', () => {
  console.log('error; it carries no reason, on purpose. close follows');
});
socket.addEventListener('close', ({ code, reason, wasClean }) => {
  console.log(`closed: ${code} "${reason}", ${wasClean ? 'clean' : 'not clean'}`);
});

// Ends the connection from outside: { how: 'fin' }, { how: 'rst' } or { how: 'close', code, reason }.
var cut = (how) =>
  fetch(`/labs/${lab.id}/cut`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(how),
  });
