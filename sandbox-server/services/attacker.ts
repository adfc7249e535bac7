import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { acceptKey } from '../../src/protocol/accept-key.ts';
import { FrameDecoder } from '../../src/protocol/decode-frame.ts';
import { refuse } from '../refusals.ts';
import type { Service } from './service.ts';

/** Of a frame nothing is kept but that it is whole. */
const maxPayloadBytes = 0;

const script =
  '// Written by the attacker. It did not come from cdn.example.\nexport const version = "evil";\n';

/** What the attacker's server says to the first frame: no frame at all, but an HTTP response. */
const poison = [
  'HTTP/1.1 200 OK',
  'Content-Type: text/javascript; charset=utf-8',
  'Cache-Control: public, max-age=31536000',
  `Content-Length: ${String(Buffer.byteLength(script))}`,
  '',
  script,
].join('\r\n');

/**
 * The attacker's server of the lesson on masking: its opening handshake is right, and it answers the first frame,
 * masked or not, with the bytes of an HTTP response (RFC 6455 §10.3). Whoever takes those for an answer is fooled. It
 * does nothing beyond that, and its script is a text that nobody runs.
 */
export function createAttacker(): Service {
  return {
    door: 'own pages',
    upgrade({ request, link, head }) {
      const key = request.headers['sec-websocket-key'];
      if (key === undefined || request.headers.upgrade?.toLowerCase() !== 'websocket') {
        throw refuse.upgradeRequired();
      }
      link.write(
        [
          `HTTP/1.1 101 ${STATUS_CODES[101] ?? ''}`,
          'Upgrade: websocket',
          'Connection: Upgrade',
          `Sec-WebSocket-Accept: ${acceptKey(key)}`,
          '',
          '',
        ].join('\r\n'),
      );
      awaitFrame(link, head);
    },
  };
}

/** Answers the first frame of the client, then reads on without a word until the client ends. */
function awaitFrame(link: Duplex, head: Buffer): void {
  const decoder = new FrameDecoder({ from: 'client', maxPayloadBytes });
  const read = (bytes: Buffer): void => {
    if (decoder.push(bytes).length === 0) return;
    link.off('data', read);
    link.resume();
    link.write(poison);
  };
  link.on('data', read);
  link.once('end', () => link.end());
  if (head.length > 0) read(head);
}
