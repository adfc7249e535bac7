// A text frame as a client writes it, and as a server reads it, up to 125 bytes (RFC 6455 §5.2, §5.3).
import { randomBytes } from 'node:crypto';

/** Each byte XOR a byte of the key, round and round. The same call masks and unmasks. */
const applyMask = (bytes, key) => bytes.map((byte, index) => byte ^ key[index % 4]);

const text = process.argv[2] ?? 'Hello';
const key = process.argv[3] ? Buffer.from(process.argv[3], 'hex') : randomBytes(4);
const payload = Buffer.from(text);
if (payload.length > 125) throw new RangeError('more than 125 bytes need a longer header');

const frame = Buffer.concat([
  Buffer.from([0x81, 0x80 | payload.length]), // FIN and opcode 1; MASK and the length
  key,
  applyMask(payload, key),
]);
console.log('on the wire:', frame.toString('hex'));

// All that a server needs stands in the frame, and so does all that anybody else needs.
const received = applyMask(frame.subarray(6), frame.subarray(2, 6));
console.log('read again: ', received.toString());
