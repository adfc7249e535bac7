/** A MUST of a standard, as data: the decoder judges by it, the page shows it, the tests name it. */
export interface Rule {
  /** Stable, kebab-case. */
  id: string;
  /** Where it stands: `RFC 6455 §5.2`. */
  section: string;
  /** What it demands, one sentence in our own words. */
  says: string;
  /** The close code that breaking it calls for; absent for rules of the opening handshake. */
  closeCode?: number;
}

/** Every rule that we judge. */
export const rules = {
  // HTTP/1.1 message syntax
  startLineSyntax: {
    id: 'start-line-syntax',
    section: 'RFC 9112 §3, §4',
    says: 'The start line has three parts, parted by single spaces.',
  },
  lineEnding: { id: 'line-ending', section: 'RFC 9112 §2.2', says: 'Each line ends with CR LF.' },
  fieldLineSyntax: {
    id: 'field-line-syntax',
    section: 'RFC 9112 §5',
    says: 'A field line is a name, a colon without a space before it, and a value.',
  },
  headSize: {
    id: 'head-size',
    section: 'RFC 9110 §5.4',
    says: 'A head stays within the size that its reader accepts.',
  },
  // The client's opening handshake
  methodGet: { id: 'method-get', section: 'RFC 6455 §4.1', says: 'The method is GET.' },
  httpVersion: { id: 'http-version', section: 'RFC 6455 §4.1', says: 'The HTTP version is at least 1.1.' },
  requestTarget: {
    id: 'request-target',
    section: 'RFC 6455 §4.1',
    says: 'The request-target is a path that begins with a slash, or an absolute http or https address.',
  },
  hostPresent: { id: 'host-present', section: 'RFC 6455 §4.1', says: 'There is exactly one Host field.' },
  upgradeWebsocket: {
    id: 'upgrade-websocket',
    section: 'RFC 6455 §4.1',
    says: 'The Upgrade field names websocket.',
  },
  connectionUpgrade: {
    id: 'connection-upgrade',
    section: 'RFC 6455 §4.1',
    says: 'The Connection field names Upgrade.',
  },
  keyPresent: {
    id: 'key-present',
    section: 'RFC 6455 §4.1, §11.3.1',
    says: 'There is exactly one Sec-WebSocket-Key field.',
  },
  keySixteenBytes: {
    id: 'key-sixteen-bytes',
    section: 'RFC 6455 §4.1',
    says: 'The key is base64 of 16 bytes.',
  },
  versionThirteen: {
    id: 'version-thirteen',
    section: 'RFC 6455 §4.1',
    says: 'Sec-WebSocket-Version is 13.',
  },
  subprotocolsOffered: {
    id: 'subprotocols-offered',
    section: 'RFC 6455 §4.1',
    says: 'Offered subprotocols are tokens, and none is offered twice.',
  },
  extensionsOffered: {
    id: 'extensions-offered',
    section: 'RFC 6455 §9.1',
    says: 'Offered extensions are written as the grammar asks.',
  },
  // The server's opening handshake
  status101: { id: 'status-101', section: 'RFC 6455 §4.2.2', says: 'The status is 101.' },
  answerUpgrade: {
    id: 'answer-upgrade',
    section: 'RFC 6455 §4.1, §4.2.2',
    says: 'The Upgrade field of the answer is websocket.',
  },
  answerConnection: {
    id: 'answer-connection',
    section: 'RFC 6455 §4.1, §4.2.2',
    says: 'The Connection field of the answer names Upgrade.',
  },
  acceptValue: {
    id: 'accept-value',
    section: 'RFC 6455 §4.1, §4.2.2',
    says: 'Sec-WebSocket-Accept is the value owed to the key.',
  },
  subprotocolPicked: {
    id: 'subprotocol-picked',
    section: 'RFC 6455 §4.1',
    says: 'A subprotocol in the answer is one, and one that was offered.',
  },
  extensionsPicked: {
    id: 'extensions-picked',
    section: 'RFC 6455 §4.1',
    says: 'Each extension in the answer was offered.',
  },
  // Frames
  reservedBits: {
    id: 'reserved-bits',
    section: 'RFC 6455 §5.2',
    says: 'RSV1, RSV2 and RSV3 are 0 unless an extension gives them a meaning.',
    closeCode: 1002,
  },
  reservedOpcode: {
    id: 'reserved-opcode',
    section: 'RFC 6455 §5.2',
    says: 'The opcode is a defined one.',
    closeCode: 1002,
  },
  clientMasks: {
    id: 'client-masks',
    section: 'RFC 6455 §5.1',
    says: 'A client masks every frame.',
    closeCode: 1002,
  },
  serverDoesNotMask: {
    id: 'server-does-not-mask',
    section: 'RFC 6455 §5.1',
    says: 'A server masks no frame.',
    closeCode: 1002,
  },
  minimalLength: {
    id: 'minimal-length',
    section: 'RFC 6455 §5.2',
    says: 'The payload length is written in the fewest bytes that hold it.',
    closeCode: 1002,
  },
  lengthTopBit: {
    id: 'length-top-bit',
    section: 'RFC 6455 §5.2',
    says: 'The top bit of a 64-bit payload length is 0.',
    closeCode: 1002,
  },
  controlNotFragmented: {
    id: 'control-not-fragmented',
    section: 'RFC 6455 §5.5',
    says: 'A control frame is not fragmented.',
    closeCode: 1002,
  },
  controlTooLong: {
    id: 'control-too-long',
    section: 'RFC 6455 §5.5',
    says: 'A control frame carries at most 125 bytes.',
    closeCode: 1002,
  },
} as const satisfies Record<string, Rule>;
