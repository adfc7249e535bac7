/** Close codes by name (RFC 6455 §7.4.1; IANA WebSocket Close Code Number Registry). */
export const CloseCode = {
  normalClosure: 1000,
  goingAway: 1001,
  protocolError: 1002,
  unsupportedData: 1003,
  noStatusReceived: 1005,
  abnormalClosure: 1006,
  invalidPayloadData: 1007,
  policyViolation: 1008,
  messageTooBig: 1009,
  mandatoryExtension: 1010,
  internalError: 1011,
  serviceRestart: 1012,
  tryAgainLater: 1013,
  badGateway: 1014,
  tlsHandshake: 1015,
} as const;
export type CloseCode = (typeof CloseCode)[keyof typeof CloseCode];

/** What a close code, or a range of them, means, and who may send it. */
export interface CloseCodeMeaning {
  /** The first code of the range. */
  from: number;
  /** The last one, the same where it is a single code. */
  to: number;
  name: string;
  /** For a working developer, in a sentence or two. */
  meaning: string;
  /** May appear in a Close frame. */
  mayBeSent: boolean;
  /** Never on the wire: an endpoint reports it to its own application. */
  isLocalOnly: boolean;
  /** Who sends it, where it may be sent. */
  sentBy: 'either' | 'client' | 'server' | 'nobody';
  /** A browser's `WebSocket.close()` takes it (WHATWG WebSockets §3.1). */
  browserCloseAccepts: boolean;
  /** `close()` of ws 8 takes it. */
  wsCloseAccepts: boolean;
  /** Where it is defined or registered. */
  registeredIn: string;
}

type Row = Omit<CloseCodeMeaning, 'mayBeSent' | 'browserCloseAccepts' | 'wsCloseAccepts' | 'isLocalOnly'>;

const code = (
  number: number,
  name: string,
  sentBy: CloseCodeMeaning['sentBy'],
  registeredIn: string,
  meaning: string,
): Row => ({ from: number, to: number, name, sentBy, registeredIn, meaning });

const rfc = 'RFC 6455 §7.4.1';
const iana = 'IANA, WebSocket Close Code Number Registry';
const ranges = 'RFC 6455 §7.4.2';

const rows: readonly Row[] = [
  {
    from: 0,
    to: 999,
    name: 'Not used',
    sentBy: 'nobody',
    registeredIn: ranges,
    meaning: 'Two bytes can hold these numbers; no close code is so small.',
  },
  code(1000, 'Normal closure', 'either', rfc, 'The connection has served its purpose.'),
  code(1001, 'Going away', 'either', rfc, 'A server goes down, or a browser leaves the page.'),
  code(1002, 'Protocol error', 'either', rfc, 'The peer broke a rule of the protocol.'),
  code(
    1003,
    'Unsupported data',
    'either',
    rfc,
    'The peer sent a type of data that this endpoint does not take, binary instead of text, say.',
  ),
  code(1004, 'Reserved', 'nobody', rfc, 'Kept for a meaning that was never given.'),
  code(
    1005,
    'No status received',
    'nobody',
    rfc,
    'Reported by an endpoint whose peer closed without giving a code.',
  ),
  code(
    1006,
    'Abnormal closure',
    'nobody',
    rfc,
    'Reported by an endpoint whose connection ended without a Close frame: the network, a crash, a refused handshake.',
  ),
  code(
    1007,
    'Invalid payload data',
    'either',
    rfc,
    'A message did not hold what its type promises: a text that is not UTF-8.',
  ),
  code(
    1008,
    'Policy violation',
    'either',
    rfc,
    'A message goes against this endpoint’s policy. Also where no other code fits, or where details should stay hidden.',
  ),
  code(1009, 'Message too big', 'either', rfc, 'A message is larger than this endpoint takes.'),
  code(
    1010,
    'Mandatory extension',
    'client',
    rfc,
    'The client needs an extension that the server did not agree to; the reason should name it.',
  ),
  code(
    1011,
    'Internal error',
    'either',
    rfc,
    'The sender met something that it cannot cope with. The RFC speaks of servers; clients use it too.',
  ),
  code(1012, 'Service restart', 'server', iana, 'The server restarts: connect again, after a random delay.'),
  code(1013, 'Try again later', 'server', iana, 'The server is overloaded: try again, but not at once.'),
  code(
    1014,
    'Bad gateway',
    'server',
    iana,
    'A gateway got an invalid answer from the server behind it, as with HTTP’s 502.',
  ),
  code(
    1015,
    'TLS handshake',
    'nobody',
    rfc,
    'Set aside for an endpoint that reports a failed TLS handshake. Browsers report 1006 instead.',
  ),
  {
    from: 1016,
    to: 2999,
    name: 'Reserved for the protocol',
    sentBy: 'nobody',
    registeredIn: ranges,
    meaning:
      'For later versions of the protocol and for extensions with a public specification. None is defined yet.',
  },
  {
    from: 3000,
    to: 3999,
    name: 'Registered',
    sentBy: 'either',
    registeredIn: `${ranges}; IANA, first come first served`,
    meaning: 'For libraries, frameworks and applications that have registered a code.',
  },
  code(3000, 'Unauthorized', 'server', iana, 'The client has to log in first, as with HTTP’s 401.'),
  code(3003, 'Forbidden', 'server', iana, 'The client is known, but may not do this, as with HTTP’s 403.'),
  code(3008, 'Timeout', 'either', iana, 'The peer took too long to answer, as with HTTP’s 408.'),
  {
    from: 4000,
    to: 4999,
    name: 'Private use',
    sentBy: 'either',
    registeredIn: ranges,
    meaning: 'For your own application: both ends have to know what it means.',
  },
  {
    from: 5000,
    to: 65_535,
    name: 'Not defined',
    sentBy: 'nobody',
    registeredIn: ranges,
    meaning: 'Two bytes can hold these numbers; no close code is so large.',
  },
];

/** Whether an endpoint may put this code into a Close frame (RFC 6455 §7.4.1, §7.4.2; 1012-1014 are IANA's). */
export const mayBeSent = (code: number): boolean =>
  (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014) || (code >= 3000 && code <= 4999);

/** WHATWG WebSockets §3.1, `close()`: 1000, or 3000 to 4999. */
const browserAccepts = (code: number): boolean => code === 1000 || (code >= 3000 && code <= 4999);

const isLocalOnly = (code: number): boolean =>
  code === CloseCode.noStatusReceived ||
  code === CloseCode.abnormalClosure ||
  code === CloseCode.tlsHandshake;

/** All close codes from 0 to 65,535. A code with a row of its own counts by that row, not by the range around it. */
export const closeCodes: readonly CloseCodeMeaning[] = rows.map((row) => ({
  ...row,
  mayBeSent: mayBeSent(row.from),
  isLocalOnly: isLocalOnly(row.from),
  browserCloseAccepts: browserAccepts(row.from),
  // ws takes what the RFC lets onto the wire, and nothing else.
  wsCloseAccepts: mayBeSent(row.from),
}));

const outside: CloseCodeMeaning = {
  from: 65_536,
  to: Number.MAX_SAFE_INTEGER,
  name: 'No close code',
  meaning: 'A close code is a number of two bytes, from 0 to 65,535.',
  mayBeSent: false,
  isLocalOnly: false,
  sentBy: 'nobody',
  browserCloseAccepts: false,
  wsCloseAccepts: false,
  registeredIn: 'RFC 6455 §5.5.1',
};

/** The row that a close code belongs to. */
export const meaningOfCloseCode = (code: number): CloseCodeMeaning =>
  closeCodes.find(({ from, to }) => code === from && code === to) ??
  closeCodes.find(({ from, to }) => code >= from && code <= to) ??
  outside;
