import { wireSubprotocol } from '../src/contract/lab.ts';
import { SandboxError } from './errors.ts';

/** Seconds after which a client may try again, if nothing better is known. */
const soon = '1';

const retryAfter = (seconds: string): { headers: Record<string, string> } => ({
  headers: { 'Retry-After': seconds },
});

/** A handshake whose token is not valid; the field is that of RFC 6750 §3. */
const tokenRefused = (code: string, message: string): SandboxError =>
  new SandboxError(
    401,
    code,
    message,
    'Get a new one with POST /labs/<id>/stream/token, and connect with ?token=<token>. A script is told none of this: it gets only code 1006.',
    { field: 'token', headers: { 'WWW-Authenticate': 'Bearer realm="ws101", error="invalid_token"' } },
  );

/** Every refusal that a client can meet, in one place: status, stable code, what was wrong, what to do next. */
export const refuse = {
  labNotFound: (): SandboxError =>
    new SandboxError(
      404,
      'lab-not-found',
      'There is no such lab: it has expired, or it belonged to a sandbox that has been restarted.',
      'Make a new one with POST /labs; its answer names the paths of its services.',
    ),

  serviceNotFound: (name: string, known: readonly string[]): SandboxError =>
    new SandboxError(
      404,
      'service-not-found',
      `A lab has no service "${name.slice(0, 40)}".`,
      `The services of a lab are ${known.join(', ')}.`,
    ),

  pathNotFound: (): SandboxError =>
    new SandboxError(
      404,
      'path-not-found',
      'There is nothing at this path.',
      'The API begins with POST /labs; the site at / explains the rest.',
    ),

  stampedeRuns: (): SandboxError =>
    new SandboxError(
      409,
      'stampede-runs',
      'A stampede is already running in this lab, and only one may run at a time.',
      'Wait until it is over, or end it with DELETE on the same path.',
    ),

  connectionNotFound: (connection: number): SandboxError =>
    new SandboxError(
      404,
      'connection-not-found',
      `Connection ${String(connection)} is not open in this lab.`,
      'GET /labs/<id> lists the open connections; leave "connection" out to cut all of them.',
      { field: 'connection' },
    ),

  fieldRefused: (field: string, message: string): SandboxError =>
    new SandboxError(400, 'field-refused', `${field}: ${message}`, 'Correct the field and send it again.', {
      field,
    }),

  malformedBody: (message: string): SandboxError =>
    new SandboxError(
      400,
      'malformed-body',
      message,
      'Send one JSON object, with Content-Type: application/json.',
    ),

  mediaTypeRefused: (): SandboxError =>
    new SandboxError(
      415,
      'media-type-refused',
      'The body is not declared as JSON.',
      'Send it with Content-Type: application/json.',
    ),

  bodyTooLarge: (maxBytes: number): SandboxError =>
    new SandboxError(
      413,
      'body-too-large',
      `The body is larger than ${String(maxBytes)} bytes.`,
      'Send less, or start the sandbox with a larger --max-body-bytes.',
    ),

  methodNotAllowed: (method: string, allow: readonly string[]): SandboxError =>
    new SandboxError(
      405,
      'method-not-allowed',
      `${method} is not a method of this path.`,
      `It answers ${allow.join(', ')}.`,
      { headers: { Allow: allow.join(', ') } },
    ),

  wrongHost: (host: string): SandboxError =>
    new SandboxError(
      421,
      'wrong-host',
      `This sandbox does not serve the host "${host.slice(0, 80)}".`,
      'Use the address that it printed when it started, or start it with --allow-host <name>.',
    ),

  hostMissing: (): SandboxError =>
    new SandboxError(
      400,
      'host-missing',
      'The request does not have exactly one Host field (RFC 9112 §3.2).',
      'Send Host: with the name and the port of the sandbox, once.',
    ),

  foreignOrigin: (origin: string): SandboxError =>
    new SandboxError(
      403,
      'foreign-origin',
      `Pages of the origin "${origin.slice(0, 80)}" may not use this path.`,
      'Only the sandbox’s own pages may. For a page that you serve yourself, start the sandbox with --allow-origin <origin>.',
    ),

  tooManyLabs: (max: number): SandboxError =>
    new SandboxError(
      503,
      'too-many-labs',
      `The sandbox already has the ${String(max)} labs that it may have.`,
      'Wait until one has expired, or start the sandbox with a larger --max-labs.',
      retryAfter('60'),
    ),

  tooManyLabsOfAddress: (max: number): SandboxError =>
    new SandboxError(
      429,
      'too-many-labs-of-address',
      `Your address already has the ${String(max)} labs that one address may have.`,
      'End one with DELETE /labs/<id>, or wait until one has expired.',
      retryAfter('60'),
    ),

  newLabsTooFast: (retrySeconds: number): SandboxError =>
    new SandboxError(
      429,
      'new-labs-too-fast',
      'Your address makes new labs too fast.',
      'Use a lab that you already have; its id stays valid for as long as you use it.',
      retryAfter(String(retrySeconds)),
    ),

  tooManyConnections: (): SandboxError =>
    new SandboxError(
      503,
      'too-many-connections',
      'The sandbox already has as many connections as it may have.',
      'Close some, or start it with a larger --max-connections.',
      retryAfter(soon),
    ),

  tooManyLabConnections: (max: number): SandboxError =>
    new SandboxError(
      503,
      'too-many-lab-connections',
      `This lab already has the ${String(max)} connections that it may have at once.`,
      'Close some, or cut them with POST /labs/<id>/cut.',
      retryAfter(soon),
    ),

  newConnectionsTooFast: (): SandboxError =>
    new SandboxError(
      429,
      'new-connections-too-fast',
      'New connections to this lab come too fast.',
      'Wait between attempts, and longer after each one (RFC 6455 §7.2.3).',
      retryAfter(soon),
    ),

  tooManyWatchers: (max: number): SandboxError =>
    new SandboxError(
      429,
      'too-many-watchers',
      `This lab already has the ${String(max)} watchers that it may have.`,
      'Close a tab that shows this lab.',
      retryAfter('5'),
    ),

  tooManyFeedListeners: (max: number): SandboxError =>
    new SandboxError(
      429,
      'too-many-feed-listeners',
      `The feed of this lab already has the ${String(max)} listeners that it may have: event streams, WebSockets and waiting polls.`,
      'Close some, or poll without waiting.',
      retryAfter('5'),
    ),

  feedRequestsTooFast: (): SandboxError =>
    new SandboxError(
      429,
      'feed-requests-too-fast',
      'The feed of this lab is asked too often.',
      'Poll less often, or let the feed push: long polling, server-sent events or a WebSocket.',
      retryAfter(soon),
    ),

  chatNameTaken: (name: string): SandboxError =>
    new SandboxError(
      409,
      'chat-name-taken',
      `Somebody is in the room under the name “${name}”, or under one so similar that people would take you for them.`,
      'Send under another name.',
      { field: 'name' },
    ),

  chatPolledTooFast: (perSecond: number): SandboxError =>
    new SandboxError(
      429,
      'chat-polled-too-fast',
      `The chat of this lab answers ${String(perSecond)} polls a second, from all clients together.`,
      'Poll less often, or join with a WebSocket.',
      retryAfter(soon),
    ),

  chatTooFast: (perSecond: number): SandboxError =>
    new SandboxError(
      429,
      'chat-too-fast',
      `The chat of this lab takes ${String(perSecond)} messages a second over HTTP, from all clients together.`,
      'Wait a second and send it again, with the same clientId.',
      retryAfter(soon),
    ),

  tooManyRawBridges: (max: number): SandboxError =>
    new SandboxError(
      429,
      'too-many-raw-bridges',
      `This lab already has the ${String(max)} raw bridges that it may have.`,
      'Close one of them.',
      retryAfter(soon),
    ),

  tokenUnknown: (): SandboxError => tokenRefused('token-unknown', 'This is not a token of this lab.'),

  tokenExpired: (): SandboxError => tokenRefused('token-expired', 'This token has expired.'),

  upgradeRequired: (): SandboxError =>
    new SandboxError(
      426,
      'upgrade-required',
      'This path speaks only WebSocket, and the request did not ask for it.',
      'Send Connection: Upgrade and Upgrade: websocket, or use a WebSocket client. A proxy on the way may have removed them.',
      { headers: { Upgrade: 'websocket', Connection: 'Upgrade', 'Sec-WebSocket-Version': '13' } },
    ),

  subprotocolRequired: (): SandboxError =>
    new SandboxError(
      400,
      'subprotocol-required',
      `The wire channel speaks only the subprotocol ${wireSubprotocol}.`,
      `Offer it: Sec-WebSocket-Protocol: ${wireSubprotocol}.`,
      { field: 'Sec-WebSocket-Protocol' },
    ),

  recordedFollower: (): SandboxError =>
    new SandboxError(
      403,
      'recorded-follower',
      'A connection that is recorded cannot follow the record: each event would cause the next.',
      'Open the wire channel on a connection of its own, not through a raw bridge.',
    ),

  notAttributed: (): SandboxError =>
    new SandboxError(
      400,
      'request-not-recorded',
      'This request was sent before the previous one had been answered, so its bytes could not be recorded.',
      'Send it on a connection of its own.',
    ),

  headTooLarge: (): SandboxError =>
    new SandboxError(
      431,
      'head-too-large',
      'The head of the request has too many bytes or too many field lines.',
      'Send less, or start the sandbox with a larger --max-header-bytes or --max-headers.',
    ),

  requestTimeout: (): SandboxError =>
    new SandboxError(
      408,
      'request-timeout',
      'The request did not arrive in time.',
      'Send the whole head at once, with its empty line. --head-timeout sets the time allowed.',
    ),

  notHttp: (detail: string): SandboxError =>
    new SandboxError(
      400,
      'not-http',
      `These bytes are not an HTTP request: ${detail}.`,
      'A request begins with a line such as GET / HTTP/1.1 and its head ends with an empty line; each line ends with CR LF.',
    ),

  siteNotBuilt: (): SandboxError =>
    new SandboxError(503, 'site-not-built', 'The site has not been built yet.', 'Run: npm run build'),

  internalError: (): SandboxError =>
    new SandboxError(
      500,
      'internal-error',
      'Something went wrong in the sandbox.',
      'Its log says more: start it with --log-level error and try again.',
    ),
};
