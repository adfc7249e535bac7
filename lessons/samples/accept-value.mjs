// Sec-WebSocket-Accept for a Sec-WebSocket-Key (RFC 6455 §4.2.2). The default is the RFC's own example.
import { createHash } from 'node:crypto';

const key = process.argv[2] ?? 'dGhlIHNhbXBsZSBub25jZQ==';
const guid = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

const hash = createHash('sha1').update(key + guid);
console.log(hash.digest('base64'));
