// A WebSocket on one stream of an HTTP/2 connection, both ends by hand (RFC 8441).
import { once } from 'node:events';
import { connect, createServer } from 'node:http2';

// RFC 8441 §3: the server says first that it knows the extended CONNECT.
const server = createServer({ settings: { enableConnectProtocol: true } });
server.on('stream', (stream, headers) => {
  if (headers[':method'] !== 'CONNECT' || headers[':protocol'] !== 'websocket') {
    stream.respond({ ':status': 404 }, { endStream: true });
    return;
  }
  console.log('server sees', JSON.stringify({ ...headers }));
  stream.respond({ ':status': 200 });
  // From here on the stream carries the same frames as ever: this one is “hello”, unmasked.
  stream.once('data', (frame) => {
    console.log('server reads', frame.toString('hex'));
    stream.end(Buffer.from('810568656c6c6f', 'hex'));
  });
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');

const client = connect(`http://127.0.0.1:${server.address().port}`);
await once(client, 'remoteSettings');
const stream = client.request({
  ':method': 'CONNECT',
  ':protocol': 'websocket',
  ':path': '/chat',
  ':scheme': 'http',
  'sec-websocket-version': '13',
  origin: 'http://example.com',
});
const [headers] = await once(stream, 'response');
console.log('client sees status', headers[':status']);
// “hi”, masked with the key 00 00 00 00, which only a sample may choose.
stream.write(Buffer.from('8182000000006869', 'hex'));
const [frame] = await once(stream, 'data');
console.log('client reads', frame.toString('hex'));

// The same connection, another stream: a request like any other goes on beside it.
const other = client.request({ ':path': '/' });
const [answer] = await once(other, 'response');
console.log('beside it, a GET is answered', answer[':status']);
stream.end();
client.close();
server.close();
