// Three ways for an attacker's page to put one message into a WebSocket frame (RFC 6455 §5.2, §5.3).

/** What the attacker would like to stand on the wire. The line end before it makes it a line of its own. */
export const wanted = new TextEncoder().encode('\r\nGET /library.js HTTP/1.1\r\nHost: cdn.example\r\n\r\n');

/** A binary frame of up to 125 bytes; without a key it is not masked. */
function frame(payload, key) {
  const header = [0x82, (key ? 0x80 : 0) | payload.length, ...(key ?? [])];
  return Uint8Array.from([...header, ...(key ? mask(payload, key) : payload)]);
}

/** Each byte XOR a byte of the key, round and round. Masking twice gives back the first. */
const mask = (bytes, key) => bytes.map((byte, index) => byte ^ key[index % 4]);

export const ways = {
  // What no client may send: the wire carries the attacker's bytes as they are.
  off: () => frame(wanted),

  // What every browser does: the key is drawn when the message is already fixed.
  fresh: () => frame(wanted, crypto.getRandomValues(new Uint8Array(4))),

  // A broken client, whose next key can be guessed: the attacker masks first, and the client's mask undoes it.
  known: () => {
    const key = Uint8Array.of(0x37, 0xfa, 0x21, 0x3d);
    return frame(mask(wanted, key), key);
  },
};
