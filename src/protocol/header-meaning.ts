/** What a part of a head means, who puts it there, whether it must be there, and where that is written. */
export interface Meaning {
  what: string;
  /** `client` is a program that is no browser. */
  setBy: 'browser' | 'script' | 'server' | 'client';
  required: string;
  section: string;
}

const meaning = (what: string, setBy: Meaning['setBy'], required: string, section: string): Meaning => ({
  what,
  setBy,
  required,
  section,
});

const inRequest: Readonly<Record<string, Meaning>> = {
  host: meaning(
    'The name and port that the client asked for. A server that answers to several names chooses by it; this sandbox refuses names that are not its own, so that a foreign name cannot be bent to your loopback address.',
    'browser',
    'Required, exactly once',
    'RFC 6455 §4.1; RFC 9110 §7.2',
  ),
  connection: meaning(
    'Names the fields that are meant for the next hop only, here Upgrade. A proxy that does not know WebSocket removes them before it passes the request on.',
    'browser',
    'Required: must name Upgrade',
    'RFC 6455 §4.1; RFC 9110 §7.6.1',
  ),
  upgrade: meaning(
    'Asks to go on in another protocol on this same connection.',
    'browser',
    'Required: must name websocket',
    'RFC 6455 §4.1; RFC 9110 §7.8',
  ),
  origin: meaning(
    'The site whose script opened the connection. WebSocket has no same-origin policy: this field is all that a server has to tell a foreign page by.',
    'browser',
    'Required from browsers; other clients may leave it out',
    'RFC 6455 §4.1, §10.2; RFC 6454 §7',
  ),
  'sec-websocket-version': meaning(
    'The version of the protocol. There is one standard, and its number is 13; lower numbers were drafts.',
    'browser',
    'Required: 13',
    'RFC 6455 §4.1, §11.3.5',
  ),
  'sec-websocket-key': meaning(
    '16 random bytes in base64, fresh for each connection. The server proves with the accept value that it has read them as a WebSocket server. It is no password and keeps nothing secret.',
    'browser',
    'Required, exactly once',
    'RFC 6455 §4.1, §11.3.1',
  ),
  'sec-websocket-extensions': meaning(
    'Extensions that the client could use, here usually compression. A script cannot turn the offer off.',
    'browser',
    'Optional',
    'RFC 6455 §9.1, §11.3.2; RFC 7692 §7',
  ),
  'sec-websocket-protocol': meaning(
    'Subprotocols that the script offers, the preferred first: what the messages will mean. If the server picks one that was not offered, or none of those offered, a browser fails the connection.',
    'script',
    'Only if the script passes a second argument to new WebSocket()',
    'RFC 6455 §1.9, §11.3.4',
  ),
  'user-agent': meaning(
    'The program that asks, in its own words.',
    'browser',
    'Optional',
    'RFC 9110 §10.1.5',
  ),
  pragma: meaning(
    'The HTTP/1.0 way to ask caches to stay out of it.',
    'browser',
    'Optional; browsers send it',
    'RFC 9111 §5.4',
  ),
  'cache-control': meaning(
    'Asks every cache on the way not to answer in the server’s place.',
    'browser',
    'Optional; browsers send it',
    'RFC 9111 §5.2.1.4',
  ),
  'accept-encoding': meaning(
    'Codings that the client could read in an HTTP response. Means nothing for a WebSocket: it compresses by its own extension.',
    'browser',
    'Optional',
    'RFC 9110 §12.5.3',
  ),
  'accept-language': meaning('Languages that the user prefers.', 'browser', 'Optional', 'RFC 9110 §12.5.4'),
  accept: meaning(
    'Media types that the client could read in a response.',
    'client',
    'Optional',
    'RFC 9110 §12.5.1',
  ),
  cookie: meaning(
    'Cookies of the host, sent along as with every request, whichever site opened the connection. That is why a server that trusts cookies has to check Origin.',
    'browser',
    'Sent where the browser holds cookies for this host',
    'RFC 6265 §5.4; RFC 6455 §10.5',
  ),
  authorization: meaning(
    'Credentials. A browser’s script cannot set it for a WebSocket; other clients can.',
    'client',
    'Optional',
    'RFC 9110 §11.6.2',
  ),
  'sec-fetch-site': meaning(
    'How the asking site and the host are related.',
    'browser',
    'Optional',
    'Fetch Metadata §2.4',
  ),
  'sec-fetch-mode': meaning(
    'What kind of request this is: websocket.',
    'browser',
    'Optional',
    'Fetch Metadata §2.2',
  ),
  'sec-fetch-dest': meaning('What the answer is for.', 'browser', 'Optional', 'Fetch Metadata §2.1'),
};

const inResponse: Readonly<Record<string, Meaning>> = {
  upgrade: meaning(
    'The protocol that the connection goes on with. In a refusal with 426: the one to ask for.',
    'server',
    'Required in a 101: websocket',
    'RFC 6455 §4.2.2; RFC 9110 §7.8',
  ),
  connection: meaning(
    'In a 101 it names Upgrade; in any other answer it says whether the TCP connection stays open.',
    'server',
    'Required in a 101: Upgrade',
    'RFC 6455 §4.2.2; RFC 9110 §7.6.1',
  ),
  'sec-websocket-accept': meaning(
    'SHA-1 of the key and a fixed GUID, in base64. Whoever sends it has read this very request as a WebSocket handshake: no cache and no other kind of server would.',
    'server',
    'Required in a 101',
    'RFC 6455 §4.2.2, §11.3.3',
  ),
  'sec-websocket-protocol': meaning(
    'The subprotocol that the server has picked out of those offered.',
    'server',
    'Only if the client offered one',
    'RFC 6455 §4.2.2, §11.3.4',
  ),
  'sec-websocket-extensions': meaning(
    'The extensions that both will use from here on, with what was agreed for each.',
    'server',
    'Only if the client offered them',
    'RFC 6455 §4.2.2, §11.3.2',
  ),
  'sec-websocket-version': meaning(
    'The versions that this server speaks, in answer to one that it does not.',
    'server',
    'Required when the version is refused',
    'RFC 6455 §4.2.2, §4.4',
  ),
  date: meaning('When the response was made.', 'server', 'Optional in a 101', 'RFC 9110 §6.6.1'),
  'content-type': meaning('What kind of body follows.', 'server', 'With a body', 'RFC 9110 §8.3'),
  'content-length': meaning('How many bytes of body follow.', 'server', 'With a body', 'RFC 9110 §8.6'),
  'transfer-encoding': meaning(
    'How the body is framed where its length is not known.',
    'server',
    'Optional',
    'RFC 9112 §6.1',
  ),
  'retry-after': meaning(
    'How many seconds to wait before the next attempt.',
    'server',
    'Optional',
    'RFC 9110 §10.2.3',
  ),
  allow: meaning('The methods that this resource knows.', 'server', 'Required with 405', 'RFC 9110 §10.2.1'),
  location: meaning(
    'Where to look instead. A browser’s WebSocket never follows it: a redirect fails.',
    'server',
    'With a redirect',
    'RFC 9110 §10.2.2',
  ),
  'www-authenticate': meaning(
    'How to log in. A browser’s WebSocket shows no dialogue for it.',
    'server',
    'Required with 401',
    'RFC 9110 §11.6.1',
  ),
  'keep-alive': meaning(
    'How long the server keeps an idle connection.',
    'server',
    'Optional',
    'RFC 9112 §C.2.2',
  ),
};

/** What a field means in a request or a response; `undefined` for one that no standard of the handshake knows. */
export const meaningOf = (fieldName: string, kind: 'request' | 'response'): Meaning | undefined =>
  (kind === 'request' ? inRequest : inResponse)[fieldName.toLowerCase()];

/** What the parts of a start line, and the end of a head, mean. */
export function meaningOfPart(part: string, kind: 'request' | 'response'): Meaning | undefined {
  switch (part) {
    case 'method':
      return meaning(
        'What the client wants of the resource. A handshake asks to GET it.',
        'browser',
        'Required: GET',
        'RFC 6455 §4.1; RFC 9110 §9',
      );
    case 'target':
      return meaning(
        'Which resource: path and query of the address that the script gave. The fragment stays in the browser.',
        'script',
        'Required',
        'RFC 6455 §3, §4.1; RFC 9112 §3.2',
      );
    case 'version':
      return kind === 'request'
        ? meaning(
            'The version of HTTP that the handshake is written in. Upgrade came with 1.1.',
            'browser',
            'Required: 1.1',
            'RFC 6455 §4.1; RFC 9112 §2.3',
          )
        : meaning('The version of HTTP that the answer is written in.', 'server', 'Required', 'RFC 9112 §4');
    case 'statusCode':
      return meaning(
        'The answer in three digits. 101 says yes: after the empty line the other protocol begins. Anything else is an ordinary HTTP response, and no WebSocket.',
        'server',
        'Required: 101 for a WebSocket',
        'RFC 6455 §4.2.2; RFC 9110 §15.2.2',
      );
    case 'reasonPhrase':
      return meaning('The same for human eyes. Programs pass over it.', 'server', 'Optional', 'RFC 9112 §4');
    case 'emptyLine':
      return kind === 'request'
        ? meaning(
            'The head ends here. Until it comes, the server waits for more.',
            'browser',
            'Required',
            'RFC 9112 §2.1',
          )
        : meaning(
            'The head ends here. After a 101 the next byte is the first of a frame.',
            'server',
            'Required',
            'RFC 9112 §2.1; RFC 6455 §4.2.2',
          );
    default:
      return undefined;
  }
}
