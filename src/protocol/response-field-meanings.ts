import { meaning, type HeaderMeaning } from './meaning.ts';

const optional = 'Optional';
const withBody = 'With a body only, so never in a 101';

/** The fields of a response, by their name in lower case: those of the handshake first, then those of refusals. */
export const responseFieldMeanings: Readonly<Record<string, HeaderMeaning>> = {
  upgrade: meaning(
    'The protocol that this connection goes on with. In a 426: the one that the client should have asked for.',
    'server',
    'Required in a 101: websocket',
    'RFC 6455 §4.2.2; RFC 9110 §7.8, §15.5.22',
  ),
  connection: meaning(
    'In a 101 it names Upgrade. In any other answer it says whether the TCP connection stays open.',
    'server',
    'Required in a 101: Upgrade',
    'RFC 6455 §4.2.2; RFC 9110 §7.6.1',
  ),
  'sec-websocket-accept': meaning(
    'SHA-1 of the key and a fixed GUID, in base64. Whoever sends it has read this very request as an opening handshake: a cache with an old answer, or a server of another kind, could not have.',
    'server',
    'Required in a 101, exactly once',
    'RFC 6455 §4.2.2, §11.3.3',
  ),
  'sec-websocket-protocol': meaning(
    'The subprotocol that the server has picked out of those offered. Without this field none is in use.',
    'server',
    'Only if the client offered it',
    'RFC 6455 §4.2.2, §11.3.4',
  ),
  'sec-websocket-extensions': meaning(
    'The extensions that both use from here on, with what was agreed for each.',
    'server',
    'Only if the client offered them',
    'RFC 6455 §4.2.2, §9.1, §11.3.2; RFC 7692 §7.1',
  ),
  'sec-websocket-version': meaning(
    'The versions that this server speaks, in answer to one that it does not. The client may try again with one of them.',
    'server',
    'Required when the version is refused',
    'RFC 6455 §4.2.2, §4.4, §11.3.5',
  ),
  'set-cookie': meaning(
    'Asks the browser to keep a cookie. It works in a 101 as in any other response.',
    'server',
    optional,
    'RFC 6265 §4.1; RFC 6455 §4.1',
  ),
  date: meaning('When the response was made.', 'server', 'Optional in a 101', 'RFC 9110 §6.6.1'),
  server: meaning(
    'The program that answers, in its own words. Many leave it out, so as not to name their weaknesses.',
    'server',
    optional,
    'RFC 9110 §10.2.4',
  ),
  'content-type': meaning('What kind of body follows.', 'server', withBody, 'RFC 9110 §8.3'),
  'content-length': meaning('How many bytes of body follow.', 'server', withBody, 'RFC 9110 §8.6'),
  'transfer-encoding': meaning(
    'How a body is framed whose length is not known beforehand: in chunks.',
    'server',
    withBody,
    'RFC 9112 §6.1',
  ),
  'content-encoding': meaning('How the body is compressed.', 'server', withBody, 'RFC 9110 §8.4'),
  'retry-after': meaning(
    'How long to wait before the next attempt, in seconds or until a date. A browser’s script never sees it.',
    'server',
    'Optional, with 429 and 503',
    'RFC 9110 §10.2.3; RFC 6585 §4',
  ),
  allow: meaning('The methods that this resource knows.', 'server', 'Required with 405', 'RFC 9110 §10.2.1'),
  location: meaning(
    'Where to look instead. A browser does not follow a redirect with a WebSocket: the handshake fails.',
    'server',
    'With a redirect',
    'RFC 9110 §10.2.2; WHATWG WebSockets',
  ),
  'www-authenticate': meaning(
    'How to log in. A browser shows no dialogue for a WebSocket: the handshake fails.',
    'server',
    'Required with 401',
    'RFC 9110 §11.6.1',
  ),
  'keep-alive': meaning(
    'How long the server keeps an idle HTTP connection. After a 101 this is no HTTP connection any more.',
    'server',
    optional,
    'RFC 9112 C.2.2',
  ),
  'cache-control': meaning(
    'Whether and how long caches may keep this response. A 101 is never kept.',
    'server',
    optional,
    'RFC 9111 §5.2.2',
  ),
  vary: meaning(
    'The request fields that this answer depends on, for caches.',
    'server',
    optional,
    'RFC 9110 §12.5.5',
  ),
  etag: meaning('The version of the body, for later questions.', 'server', withBody, 'RFC 9110 §8.8.3'),
  via: meaning(
    'The proxies that passed the response on.',
    'proxy',
    'Only where a proxy stands between',
    'RFC 9110 §7.6.3',
  ),
  'access-control-allow-origin': meaning(
    'Which site’s script may read this response. It means nothing for a WebSocket, which knows no CORS.',
    'server',
    'Not needed in a 101',
    'Fetch Standard, CORS protocol',
  ),
  'content-security-policy': meaning(
    'What a page made of this body may load and run. Its connect-src says which WebSockets the page may open.',
    'server',
    'Optional, on pages and error pages',
    'W3C Content Security Policy 3 §3.1',
  ),
  'strict-transport-security': meaning(
    'Tells the browser to use only https and wss with this host from now on.',
    'server',
    'Optional, over TLS only',
    'RFC 6797 §6.1',
  ),
  'x-content-type-options': meaning(
    'Tells the browser not to guess at the kind of the body.',
    'server',
    optional,
    'Fetch Standard, X-Content-Type-Options',
  ),
  'x-frame-options': meaning(
    'Whether other sites may show this page in a frame.',
    'server',
    optional,
    'RFC 7034 §2.1; HTML Standard',
  ),
  'referrer-policy': meaning(
    'What this page’s later requests tell about where they came from.',
    'server',
    'Optional, on pages and error pages',
    'W3C Referrer Policy §4.1',
  ),
  'cross-origin-resource-policy': meaning(
    'Which sites may use this response as a part of their pages.',
    'server',
    'Optional, on pages and error pages',
    'Fetch Standard, Cross-Origin-Resource-Policy',
  ),
  'cross-origin-opener-policy': meaning(
    'Whether this page shares a browsing context group with the page that opened it.',
    'server',
    'Optional, on pages and error pages',
    'HTML Standard',
  ),
  'x-ratelimit-limit': rateLimit('How many requests are allowed in a period'),
  'x-ratelimit-remaining': rateLimit('How many of them are left'),
  'x-ratelimit-reset': rateLimit('When the period ends'),
  'x-powered-by': meaning(
    'The framework that answers. It helps nobody but attackers.',
    'server',
    'Better left out',
    'No standard',
  ),
  'x-request-id': meaning(
    'A name for this request, to find it again in the server’s log.',
    'server',
    optional,
    'No standard',
  ),
};

function rateLimit(what: string): HeaderMeaning {
  return meaning(`${what}, as many servers write it.`, 'server', optional, 'No standard');
}
