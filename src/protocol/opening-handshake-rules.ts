import type { Rule } from './rule.ts';

/** What the client's opening handshake must be (RFC 6455 §4.1 for who writes it, §4.2.1 for who reads it). */
const requestRules = {
  methodGet: {
    id: 'method-get',
    section: 'RFC 6455 §4.1, §4.2.1',
    says: 'The method is GET.',
  },
  httpVersion: {
    id: 'http-version',
    section: 'RFC 6455 §4.1, §4.2.1',
    says: 'The HTTP version is at least 1.1.',
  },
  requestTarget: {
    id: 'request-target',
    section: 'RFC 6455 §4.1, §4.2.1; RFC 9112 §3.2',
    says: 'The request-target is a path that begins with a slash, or a whole http or https address.',
  },
  noFragment: {
    id: 'no-fragment',
    section: 'RFC 6455 §3',
    says: 'The request-target holds no fragment: a # of its own is written %23.',
  },
  hostPresent: {
    id: 'host-present',
    section: 'RFC 6455 §4.1, §4.2.1; RFC 9112 §3.2',
    says: 'There is a Host field.',
  },
  hostOnce: { id: 'host-once', section: 'RFC 9112 §3.2', says: 'There is no second Host field.' },
  hostSyntax: {
    id: 'host-syntax',
    section: 'RFC 6455 §4.1; RFC 9110 §7.2',
    says: 'Host is a name or an address, and a port where it is not the usual one.',
  },
  upgradeWebsocket: {
    id: 'upgrade-websocket',
    section: 'RFC 6455 §4.1, §4.2.1',
    says: 'The Upgrade field names websocket, in upper or lower case.',
  },
  connectionUpgrade: {
    id: 'connection-upgrade',
    section: 'RFC 6455 §4.1, §4.2.1; RFC 9110 §7.8',
    says: 'The Connection field names Upgrade, in upper or lower case.',
  },
  keyPresent: {
    id: 'key-present',
    section: 'RFC 6455 §4.1, §4.2.1',
    says: 'There is a Sec-WebSocket-Key field.',
  },
  keyOnce: {
    id: 'key-once',
    section: 'RFC 6455 §11.3.1',
    says: 'There is no second Sec-WebSocket-Key field.',
  },
  keySixteenBytes: {
    id: 'key-sixteen-bytes',
    section: 'RFC 6455 §4.1, §4.2.1',
    says: 'The key is base64 of 16 bytes.',
  },
  // The RFC's own example, AQIDBAUGBwgJCgsMDQ4PEC==, breaks this one; verified erratum 3150 makes it …PEA==.
  keyCanonical: {
    id: 'key-canonical',
    section: 'RFC 6455 §4.1, erratum 3150; RFC 4648 §3.5',
    says: 'The bits of the key’s last character that carry no data are zero: the one before == is A, Q, g or w.',
  },
  originOnce: {
    id: 'origin-once',
    section: 'RFC 6454 §7.3; RFC 6455 §4.1',
    says: 'There is no second Origin field. A browser sends one; a request without it counts as no browser’s.',
  },
  versionPresent: {
    id: 'version-present',
    section: 'RFC 6455 §4.1, §4.2.1',
    says: 'There is a Sec-WebSocket-Version field.',
  },
  versionOnce: {
    id: 'version-once',
    section: 'RFC 6455 §11.3.5',
    says: 'There is no second Sec-WebSocket-Version field.',
  },
  versionThirteen: {
    id: 'version-thirteen',
    section: 'RFC 6455 §4.1, §4.2.1, §4.3',
    says: 'Sec-WebSocket-Version is 13, written so.',
  },
  subprotocolTokens: {
    id: 'subprotocol-tokens',
    section: 'RFC 6455 §4.1, §4.3',
    says: 'Each subprotocol that is offered is a token: no spaces, no separators, and not empty.',
  },
  subprotocolsDistinct: {
    id: 'subprotocols-distinct',
    section: 'RFC 6455 §4.1',
    says: 'No subprotocol is offered twice.',
  },
  extensionSyntax: {
    id: 'extension-syntax',
    section: 'RFC 6455 §9.1',
    says: 'Offered extensions and their parameters are written as the grammar asks.',
  },
  deflateOffer: {
    id: 'deflate-offer',
    section: 'RFC 7692 §7.1',
    says: 'An offer of permessage-deflate has only the parameters that are defined, each once, with a value that is allowed.',
  },
} as const satisfies Record<string, Rule>;

/** What a server's 101 must be (RFC 6455 §4.2.2 for who writes it, §4.1 for who reads it). */
const answerRules = {
  status101: { id: 'status-101', section: 'RFC 6455 §4.1, §4.2.2', says: 'The status is 101.' },
  answerVersion: {
    id: 'answer-version',
    section: 'RFC 6455 §4.2.2; RFC 9110 §15.2',
    says: 'The answer is written in HTTP/1.1 or later: HTTP/1.0 knows no 101.',
  },
  answerUpgrade: {
    id: 'answer-upgrade',
    section: 'RFC 6455 §4.1, §4.2.2',
    says: 'The Upgrade field of the answer is websocket, in upper or lower case, and nothing else.',
  },
  answerConnection: {
    id: 'answer-connection',
    section: 'RFC 6455 §4.1, §4.2.2',
    says: 'The Connection field of the answer names Upgrade, in upper or lower case.',
  },
  acceptPresent: {
    id: 'accept-present',
    section: 'RFC 6455 §4.1, §4.2.2',
    says: 'There is a Sec-WebSocket-Accept field.',
  },
  acceptOnce: {
    id: 'accept-once',
    section: 'RFC 6455 §11.3.3',
    says: 'There is no second Sec-WebSocket-Accept field.',
  },
  acceptValue: {
    id: 'accept-value',
    section: 'RFC 6455 §4.1, §4.2.2',
    says: 'Sec-WebSocket-Accept is the value owed to this request’s key.',
  },
  answeredSubprotocolOnce: {
    id: 'answered-subprotocol-once',
    section: 'RFC 6455 §11.3.4',
    says: 'The answer names at most one subprotocol, in one field.',
  },
  answeredSubprotocolOffered: {
    id: 'answered-subprotocol-offered',
    section: 'RFC 6455 §4.1, §4.2.2',
    says: 'A subprotocol in the answer is one that was offered, letter for letter.',
  },
  answeredExtensionSyntax: {
    id: 'answered-extension-syntax',
    section: 'RFC 6455 §9.1',
    says: 'Extensions in the answer are written as the grammar asks.',
  },
  // Verified erratum 3433 took back §11.3.2's "not more than once in a response": several fields are one list.
  answeredExtensionOffered: {
    id: 'answered-extension-offered',
    section: 'RFC 6455 §4.1, §9.1',
    says: 'Each extension in the answer is one that was offered.',
  },
  deflateAnswer: {
    id: 'deflate-answer',
    section: 'RFC 7692 §7.1',
    says: 'The answer to permessage-deflate fits an offer: defined parameters, each once, allowed values, none that the offer ruled out.',
  },
  noBodyFields: {
    id: 'no-body-fields',
    section: 'RFC 9110 §8.6; RFC 9112 §6.1',
    says: 'A 101 has no body, so neither Content-Length nor Transfer-Encoding.',
  },
} as const satisfies Record<string, Rule>;

/** What a response that refuses the handshake must have. */
const refusalRules = {
  refusalNamesVersions: {
    id: 'refusal-names-versions',
    section: 'RFC 6455 §4.2.2, §4.4',
    says: 'Who refuses a version names those that it speaks in Sec-WebSocket-Version.',
  },
  refusalNamesUpgrade: {
    id: 'refusal-names-upgrade',
    section: 'RFC 9110 §15.5.22',
    says: 'A 426 names in Upgrade the protocol to ask for.',
  },
  refusalNamesMethods: {
    id: 'refusal-names-methods',
    section: 'RFC 9110 §15.5.6',
    says: 'A 405 names in Allow the methods that the resource knows.',
  },
  refusalNamesChallenge: {
    id: 'refusal-names-challenge',
    section: 'RFC 9110 §15.5.2',
    says: 'A 401 says in WWW-Authenticate how to log in.',
  },
} as const satisfies Record<string, Rule>;

/** Rules of the opening handshake (RFC 6455 §4). */
export const openingHandshakeRules = { ...requestRules, ...answerRules, ...refusalRules };
