import type { Connection } from '../../../src/derive/connection.ts';
import type { Challenge, Verdict } from '../challenge.ts';
import { byHand, faultsOfRequest } from './faults.ts';

/** Type an opening handshake that breaks no rule, and get a 101 (RFC 6455 §4.1). */
export const typeTheHandshake: Challenge = {
  id: 'type-the-handshake',
  title: '1. Type the handshake',
  task: 'Enter raw, then type an opening handshake line by line until the server answers 101. No rule may be broken.',
  hints: [
    'The request line is GET, the path that the terminal names, HTTP/1.1. An empty line ends the head.',
    'Five fields are needed: Host, Upgrade, Connection, Sec-WebSocket-Key, Sec-WebSocket-Version.',
    'Host is the address of this page. Upgrade: websocket. Connection: Upgrade. Sec-WebSocket-Version: 13. The key is any 16 bytes in base64: Sec-WebSocket-Key: AQIDBAUGBwgJCgsMDQ4PEA==',
  ],
  judge(connections): Verdict {
    const verdicts = byHand(connections).map(judgeOne);
    const none: Verdict = {
      passed: false,
      seen: [],
      missing: ['Nothing has been typed by hand yet: enter raw.'],
    };
    return verdicts.find(({ passed }) => passed) ?? verdicts.at(-1) ?? none;
  },
};

function judgeOne(connection: Connection): Verdict {
  const { conn, request, response, requestPending, client } = connection;
  const seen = [`Connection ${String(conn)} was opened by hand.`];
  if (!request) {
    const come =
      requestPending.length === 0
        ? 'Nothing of its request has been typed yet.'
        : 'Its empty line has not come yet.';
    return { passed: false, seen, missing: [come] };
  }
  const missing = faultsOfRequest(connection);
  const pieces = client.chunks.filter(({ offset }) => offset < request.bytes.length).length;
  if (pieces < 3)
    missing.push('The head came in one piece, which no hand can type. Enter raw, and type it line by line.');
  else seen.push(`Its head came in ${String(pieces)} pieces, as typed by hand.`);
  if (response?.statusCode === 101) seen.push('The server answered 101.');
  else
    missing.push(
      response ? `The server answered ${String(response.statusCode)}, not 101.` : 'No answer yet.',
    );
  return { passed: missing.length === 0, seen, missing };
}
