// What each end hears of four ways to close: a server and a client in one program.
import { once } from 'node:events';
import { WebSocket, WebSocketServer } from 'ws';

const ways = {
  'close()': (socket) => socket.close(),
  'close(1000)': (socket) => socket.close(1000),
  'close(4000, "bye")': (socket) => socket.close(4000, 'bye'),
  'terminate()': (socket) => socket.terminate(),
};

const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
await once(server, 'listening');

for (const [name, end] of Object.entries(ways)) {
  const client = new WebSocket(`ws://127.0.0.1:${server.address().port}`);
  const [[connection]] = await Promise.all([once(server, 'connection'), once(client, 'open')]);
  connection.on('error', console.error);

  end(client);
  const [[heardByClient], [heardByServer]] = await Promise.all([
    once(client, 'close'),
    once(connection, 'close'),
  ]);
  console.log(`${name}: the client hears ${heardByClient}, the server ${heardByServer}`);
}
server.close();
