// A server that takes whatever one read brings for one frame. It works, until TCP cuts elsewhere.
import { once } from 'node:events';
import { connect, createServer } from 'node:net';

const server = createServer((socket) => {
  socket.setNoDelay();
  socket.on('data', (data) => {
    const length = data[1] & 0x7f;
    const key = data.subarray(2, 6);
    const text = data.subarray(6, 6 + length).map((byte, index) => byte ^ key[index % 4]);
    console.log(`the server heard ${JSON.stringify(text.toString())}`);
    socket.write('read'); // So that the client knows when to go on; no WebSocket server says this.
  });
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');

const client = connect(server.address().port, '127.0.0.1').setNoDelay();
const send = async (bytes) => {
  client.write(bytes);
  await once(client, 'data');
};
// “Hello”, masked: RFC 6455 §5.7 prints it.
const hello = Buffer.from('818537fa213d7f9f4d5158', 'hex');

console.log('one frame in one write');
await send(hello);
console.log('two frames in one write');
await send(Buffer.concat([hello, hello]));
console.log('one frame in two writes');
await send(hello.subarray(0, 8));
await send(hello.subarray(8));

client.end();
server.close();
