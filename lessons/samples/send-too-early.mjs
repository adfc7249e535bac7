// The snippet that you find everywhere, with only the address made real. Run it and watch it fail.
const sandbox = process.argv[2] ?? 'http://127.0.0.1:4321';
const lab = await (await fetch(new URL('/labs', sandbox), { method: 'POST' })).json();

const socket = new WebSocket(new URL(lab.services.echo, sandbox.replace(/^http/, 'ws')));

socket.onmessage = (event) => {
  const data = JSON.parse(event.data);
  if (data.type === 'new_message') console.log(data.message);
};

socket.send(JSON.stringify({ type: 'send_message', content: 'Hello!' }));
