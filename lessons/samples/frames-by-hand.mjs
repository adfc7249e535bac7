// Frames of a client with nothing but TCP: writes some, and reads what comes back in whatever pieces it comes.
import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';

/** A masked frame with FIN set (RFC 6455 §5.2). */
function writeFrame(opcode, payload) {
  const { length } = payload;
  const extended = length < 126 ? 0 : length < 65_536 ? 2 : 8;
  const header = Buffer.alloc(2 + extended);
  header[0] = 0x80 | opcode;
  header[1] = 0x80 | (extended === 0 ? length : extended === 2 ? 126 : 127);
  if (extended === 2) header.writeUInt16BE(length, 2);
  if (extended === 8) header.writeBigUInt64BE(BigInt(length), 2);
  const key = randomBytes(4);
  return Buffer.concat([header, key, payload.map((byte, index) => byte ^ key[index % 4])]);
}

/** The first frame of these bytes, or `undefined` while it is not whole. A server's frames are not masked. */
function readFrame(bytes) {
  if (bytes.length < 2) return undefined;
  const short = bytes[1] & 0x7f;
  const headerLength = 2 + (short === 127 ? 8 : short === 126 ? 2 : 0);
  if (bytes.length < headerLength) return undefined;
  const length =
    short === 127 ? Number(bytes.readBigUInt64BE(2)) : short === 126 ? bytes.readUInt16BE(2) : short;
  const end = headerLength + length;
  if (bytes.length < end) return undefined;
  return { opcode: bytes[0] & 0x0f, headerLength, payload: bytes.subarray(headerLength, end), end };
}

const sandbox = new URL(process.argv[2] ?? 'http://127.0.0.1:4321');
const lab = await (await fetch(new URL('/labs', sandbox), { method: 'POST' })).json();
const socket = connect(Number(sandbox.port || 80), sandbox.hostname);
const fields = [
  `GET ${lab.services.echo} HTTP/1.1`,
  `Host: ${sandbox.host}`,
  'Upgrade: websocket',
  'Connection: Upgrade',
  `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
  'Sec-WebSocket-Version: 13',
];
socket.write(`${fields.join('\r\n')}\r\n\r\n`);

const sizes = [0, 125, 126, 65_535, 65_536];
let received = Buffer.alloc(0);
let isOpen = false;
for await (const piece of socket) {
  received = Buffer.concat([received, piece]);
  const headEnd = received.indexOf('\r\n\r\n');
  if (!isOpen && headEnd >= 0) {
    isOpen = true; // The lesson on the handshake says what to check here.
    received = received.subarray(headEnd + 4);
    for (const size of sizes) socket.write(writeFrame(0x2, Buffer.alloc(size, 'a')));
    socket.write(writeFrame(0x8, Buffer.from([0x03, 0xe8])));
  }
  // As many frames as there are in what has come; the rest waits for the next piece.
  for (let frame = isOpen && readFrame(received); frame; frame = readFrame(received)) {
    received = received.subarray(frame.end);
    const { opcode, headerLength, payload } = frame;
    console.log(`opcode ${opcode}: header ${headerLength} bytes, payload ${payload.length} bytes`);
  }
}
