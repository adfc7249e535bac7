import { meaning, type HeaderMeaning } from './meaning.ts';

/** The parts of a request line, and the end of a request's head. */
export const requestPartMeanings: Readonly<Record<string, HeaderMeaning>> = {
  method: meaning(
    'What the client wants done with the resource. An opening handshake asks to GET it.',
    'browser',
    'Required: GET',
    'RFC 6455 §4.1; RFC 9110 §9.3.1',
  ),
  target: meaning(
    'Which resource: path and query of the address that the script gave. The part behind a # never leaves the browser.',
    'script',
    'Required',
    'RFC 6455 §3, §4.1; RFC 9112 §3.2',
  ),
  version: meaning(
    'The version of HTTP that the handshake is written in. Upgrade came with 1.1.',
    'browser',
    'Required: HTTP/1.1 or later',
    'RFC 6455 §4.1; RFC 9112 §2.3',
  ),
  emptyLine: meaning(
    'The head ends here. Until this line comes, the server waits for more.',
    'browser',
    'Required',
    'RFC 9112 §2.1',
  ),
};

/** The parts of a status line, and the end of a response's head. */
export const responsePartMeanings: Readonly<Record<string, HeaderMeaning>> = {
  version: meaning(
    'The version of HTTP that the answer is written in. HTTP/1.0 knows no 101.',
    'server',
    'Required: HTTP/1.1 or later',
    'RFC 6455 §4.2.2; RFC 9112 §4',
  ),
  statusCode: meaning(
    'The answer in three digits. 101 says yes: behind the empty line the other protocol begins. Anything else is an ordinary HTTP response and no WebSocket; a browser’s script hears only error and close 1006.',
    'server',
    'Required: 101 for a WebSocket',
    'RFC 6455 §4.2.2; RFC 9110 §15.2.2',
  ),
  reasonPhrase: meaning(
    'The same for human eyes. Programs pass over it, and it may be empty.',
    'server',
    'Optional',
    'RFC 9112 §4',
  ),
  emptyLine: meaning(
    'The head ends here. After a 101 the next byte is the first of a frame, else the first of the body.',
    'server',
    'Required',
    'RFC 9112 §2.1; RFC 6455 §4.2.2',
  ),
};
