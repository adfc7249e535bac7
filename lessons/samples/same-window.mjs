// One JSON twice through one deflate stream, and through two: what permessage-deflate does, without the socket.
import { once } from 'node:events';
import { constants, createDeflateRaw } from 'node:zlib';

/** Compresses one message; without the 00 00 ff ff at its end, which is not sent (RFC 7692, section 7.2.1). */
async function compress(deflate, message) {
  const pieces = [];
  const take = (piece) => pieces.push(piece);
  deflate.on('data', take);
  deflate.write(message);
  await new Promise((resolve) => deflate.flush(constants.Z_SYNC_FLUSH, resolve));
  deflate.off('data', take);
  return Buffer.concat(pieces).subarray(0, -4);
}

const message = JSON.stringify({ type: 'prices', prices: [{ name: 'tulip', bid: 101.25, ask: 101.5 }] });
const kept = createDeflateRaw();
const sizes = [await compress(kept, message), await compress(kept, message)].map(({ length }) => length);
console.log(`the message: ${message.length} bytes`);
console.log(`one window for both: ${sizes.join(', then ')} bytes`);

const forgotten = [];
for (let count = 0; count < 2; count++) {
  const fresh = createDeflateRaw();
  forgotten.push((await compress(fresh, message)).length);
  fresh.close();
  await once(fresh, 'close');
}
console.log(`a new window for each: ${forgotten.join(', then ')} bytes`);
kept.close();
