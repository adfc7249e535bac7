// A ping with a payload, and how long its pong takes. A browser has no such call: this is Node with ws.
import { once } from 'node:events';
import { WebSocket } from 'ws';

const sandbox = process.argv[2] ?? 'http://127.0.0.1:4321';
const lab = await (await fetch(new URL('/labs', sandbox), { method: 'POST' })).json();
const socket = new WebSocket(new URL(lab.services.echo, sandbox.replace(/^http/, 'ws')));
await once(socket, 'open');

const sentAt = performance.now();
socket.ping('are you there?');
const [payload] = await once(socket, 'pong');
console.log(`pong "${payload.toString()}" after ${(performance.now() - sentAt).toFixed(1)} ms`);

socket.close(1000);
