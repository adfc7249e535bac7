// Asks five times with keep-alive and five times without, and counts TCP connections.
import { Agent, get } from 'node:http';

let address = process.argv[2];
if (address === undefined) {
  const origin = 'http://127.0.0.1:4321';
  const { services } = await (await fetch(`${origin}/labs`, { method: 'POST' })).json();
  address = origin + services['feed/poll'];
}

/** Asks once; answers from which port of ours, since every TCP connection has its own. */
const ask = (agent) =>
  new Promise((resolve, reject) => {
    get(address, { agent }, (response) => {
      const { localPort } = response.socket;
      response.resume().once('end', () => resolve(localPort));
    }).once('error', reject);
  });

for (const keepAlive of [true, false]) {
  const agent = new Agent({ keepAlive });
  const ports = new Set();
  for (let asked = 0; asked < 5; asked++) ports.add(await ask(agent));
  console.log(`keep-alive ${keepAlive ? 'on' : 'off'}: five polls, TCP connections: ${ports.size}`);
  agent.destroy();
}
