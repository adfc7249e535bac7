/** What the learner may edit: a request's head as text, one line a line, without its CRs. */
export type RequestText = string;

/** A change to a legal request that makes it illegal, or another request. */
export interface RequestPreset {
  id: string;
  label: string;
  /** What it does, for the learner. */
  says: string;
  apply: (text: RequestText) => RequestText;
}

/** A legal opening handshake, as short as the standard allows, with a key of its own (RFC 6455 §4.1). */
export const legalRequest = (path: string, host: string, key: string): RequestText =>
  [
    `GET ${path} HTTP/1.1`,
    `Host: ${host}`,
    'Upgrade: websocket',
    'Connection: Upgrade',
    `Sec-WebSocket-Key: ${key}`,
    'Sec-WebSocket-Version: 13',
    '',
    '',
  ].join('\n');

const withoutField = (text: RequestText, name: string): RequestText =>
  text
    .split('\n')
    .filter((line) => !line.toLowerCase().startsWith(`${name.toLowerCase()}:`))
    .join('\n');

const withField = (text: RequestText, name: string, value: string): RequestText => {
  const lines = text.split('\n');
  const at = lines.findIndex((line) => line.toLowerCase().startsWith(`${name.toLowerCase()}:`));
  if (at !== -1) lines[at] = `${name}: ${value}`;
  else lines.splice(1, 0, `${name}: ${value}`);
  return lines.join('\n');
};

const withStartLine = (text: RequestText, change: (line: string) => string): RequestText => {
  const [first = '', ...rest] = text.split('\n');
  return [change(first), ...rest].join('\n');
};

/** One press each: the mistakes that people make, and some that only a hand at the wire can. */
export const requestPresets: readonly RequestPreset[] = [
  {
    id: 'no-upgrade',
    label: 'No Upgrade',
    says: 'Without it this is a plain GET.',
    apply: (text) => withoutField(text, 'Upgrade'),
  },
  {
    id: 'no-connection',
    label: 'No Connection',
    says: 'Upgrade is hop-by-hop: Connection has to name it.',
    apply: (text) => withoutField(text, 'Connection'),
  },
  {
    id: 'no-key',
    label: 'No key',
    says: 'Nothing to compute an accept value from.',
    apply: (text) => withoutField(text, 'Sec-WebSocket-Key'),
  },
  {
    id: 'short-key',
    label: 'Short key',
    says: '15 bytes instead of 16.',
    apply: (text) => withField(text, 'Sec-WebSocket-Key', 'AQIDBAUGBwgJCgsMDQ4P'),
  },
  {
    id: 'version-12',
    label: 'Version 12',
    says: 'A draft of 2011. Only 13 is the standard.',
    apply: (text) => withField(text, 'Sec-WebSocket-Version', '12'),
  },
  {
    id: 'post',
    label: 'POST',
    says: 'The method must be GET.',
    apply: (text) => withStartLine(text, (line) => line.replace(/^\S+/, 'POST')),
  },
  {
    id: 'http-1-0',
    label: 'HTTP/1.0',
    says: 'Upgrade came with HTTP/1.1.',
    apply: (text) => withStartLine(text, (line) => line.replace(/HTTP\/\d\.\d$/, 'HTTP/1.0')),
  },
  {
    id: 'no-host',
    label: 'No Host',
    says: 'HTTP/1.1 demands one.',
    apply: (text) => withoutField(text, 'Host'),
  },
  {
    id: 'wrong-host',
    label: 'Wrong Host',
    says: 'What a DNS rebinding attack looks like.',
    apply: (text) => withField(text, 'Host', 'evil.example'),
  },
  {
    id: 'foreign-origin',
    label: 'Foreign Origin',
    says: 'What a socket from another site looks like.',
    apply: (text) => withField(text, 'Origin', 'https://evil.example'),
  },
];

/** The bytes that go out for a text: each line ended by CR LF, however the text ends its own (RFC 9112 §2.1). */
export const requestBytes = (text: RequestText): Uint8Array<ArrayBuffer> =>
  new TextEncoder().encode(text.replaceAll(/\r?\n/g, '\r\n'));

/** Whether the text ends its head: without an empty line at the end the server waits for more. */
export const endsItsHead = (text: RequestText): boolean => /\r?\n\r?\n/.test(text);

/** 16 random bytes in base64: what `Sec-WebSocket-Key` has to be (RFC 6455 §4.1). */
export const freshKey = (): string =>
  btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(16))));
