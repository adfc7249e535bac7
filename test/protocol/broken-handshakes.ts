import { acceptKey } from '../../src/protocol/accept-key.ts';
import type { rules } from '../../src/protocol/rules.ts';

export type RuleName = keyof typeof rules;

export const key = 'dGhlIHNhbXBsZSBub25jZQ==';

/** The shortest legal request (RFC 6455 §4.1). */
export const legal: readonly string[] = [
  'GET /chat HTTP/1.1',
  'Host: 127.0.0.1:4321',
  'Upgrade: websocket',
  'Connection: Upgrade',
  `Sec-WebSocket-Key: ${key}`,
  'Sec-WebSocket-Version: 13',
];

/** The shortest legal answer to it (§4.2.2). */
export const legalAnswer: readonly string[] = [
  'HTTP/1.1 101 Switching Protocols',
  'Upgrade: websocket',
  'Connection: Upgrade',
  `Sec-WebSocket-Accept: ${acceptKey(key)}`,
];

/** A head as text, with its empty line; `\n` stands for CR LF. */
export const headText = (lines: readonly string[]): string => [...lines, '', ''].join('\n');

/** A head with one line changed, taken out (`undefined`) or added; `start` is its first line. */
export function changed(lines: readonly string[], line: string, to: string | undefined): string[] {
  if (line === 'start') return [to ?? '', ...lines.slice(1)];
  const isLine = (other: string): boolean => other.startsWith(`${line}:`);
  if (!lines.some(isLine)) return [...lines, to ?? ''];
  return lines.flatMap((other) => (!isLine(other) ? [other] : to === undefined ? [] : [to]));
}

/** A legal head with one line changed so that it breaks one rule, and what ws 8 makes of it. */
export interface BrokenHead {
  broken: RuleName;
  line: string;
  to: string | undefined;
  /** The status with which ws answers the request, or whether its client opens on the answer. */
  ws: number | 'opens' | 'fails';
}

const request = (broken: RuleName, line: string, to: string | undefined, ws: number): BrokenHead => ({
  broken,
  line,
  to,
  ws,
});

const accept = 'Sec-WebSocket-Accept';
const extensions = 'Sec-WebSocket-Extensions';
const protocol = 'Sec-WebSocket-Protocol';
const version = 'Sec-WebSocket-Version';
const keyField = 'Sec-WebSocket-Key';

/** Requests that break one rule each. Where ws answers 101, the standard is stricter than ws. */
export const brokenRequests: readonly BrokenHead[] = [
  request('methodGet', 'start', 'POST /chat HTTP/1.1', 405),
  request('methodGet', 'start', 'get /chat HTTP/1.1', 400),
  request('httpVersion', 'start', 'GET /chat HTTP/1.0', 101),
  request('httpVersion', 'start', 'GET /chat HTTP/0.9', 101),
  request('requestTarget', 'start', 'GET chat HTTP/1.1', 400),
  request('requestTarget', 'start', 'GET * HTTP/1.1', 101),
  request('requestTarget', 'start', 'GET ws://127.0.0.1/chat HTTP/1.1', 101),
  request('requestTarget', 'start', 'GET http:///chat HTTP/1.1', 101),
  request('noFragment', 'start', 'GET /chat#top HTTP/1.1', 101),
  request('hostPresent', 'Host', undefined, 101),
  request('hostOnce', 'Host', 'Host: a\nHost: a', 101),
  request('hostSyntax', 'Host', 'Host:', 101),
  request('hostSyntax', 'Host', 'Host: a b', 101),
  request('hostSyntax', 'Host', 'Host: a:port', 101),
  request('hostSyntax', 'Host', 'Host: http://a', 101),
  request('upgradeWebsocket', 'Upgrade', undefined, 426),
  request('upgradeWebsocket', 'Upgrade', 'Upgrade: websockets', 400),
  request('upgradeWebsocket', 'Upgrade', 'Upgrade: websocket/13', 400),
  request('upgradeWebsocket', 'Upgrade', 'Upgrade: h2c', 400),
  request('connectionUpgrade', 'Connection', undefined, 426),
  request('connectionUpgrade', 'Connection', 'Connection: keep-alive', 426),
  request('connectionUpgrade', 'Connection', 'Connection: Upgrades', 426),
  request('keyPresent', keyField, undefined, 400),
  request('keyOnce', keyField, `${keyField}: ${key}\n${keyField}: ${key}`, 400),
  request('keySixteenBytes', keyField, `${keyField}:`, 400),
  request('keySixteenBytes', keyField, `${keyField}: AQIDBAUGBwgJCgsMDQ4P`, 400),
  request('keySixteenBytes', keyField, `${keyField}: AQIDBAUGBwgJCgsMDQ4PEBE=`, 400),
  request('keySixteenBytes', keyField, `${keyField}: AQIDBAUGBwgJCgsMDQ4PEA`, 400),
  request('keySixteenBytes', keyField, `${keyField}: AQIDBAUGBwgJCgsMDQ4P_w==`, 400),
  // The example of RFC 6455 §4.1 as it is printed; erratum 3150 corrects it.
  request('keyCanonical', keyField, `${keyField}: AQIDBAUGBwgJCgsMDQ4PEC==`, 101),
  request('originOnce', 'Origin', 'Origin: http://a\nOrigin: http://b', 101),
  request('versionPresent', version, undefined, 400),
  request('versionOnce', version, `${version}: 13\n${version}: 13`, 400),
  request('versionThirteen', version, `${version}: 12`, 400),
  request('versionThirteen', version, `${version}: 013`, 101),
  request('versionThirteen', version, `${version}: 0xd`, 101),
  request('versionThirteen', version, `${version}: 13, 8`, 400),
  request('versionThirteen', version, `${version}:`, 400),
  request('subprotocolTokens', protocol, `${protocol}:`, 400),
  request('subprotocolTokens', protocol, `${protocol}: chat,,superchat`, 400),
  request('subprotocolTokens', protocol, `${protocol}: my chat`, 400),
  request('subprotocolTokens', protocol, `${protocol}: chat/2`, 400),
  request('subprotocolsDistinct', protocol, `${protocol}: chat, chat`, 400),
  request('subprotocolsDistinct', protocol, `${protocol}: chat\n${protocol}: chat`, 400),
  request('extensionSyntax', extensions, `${extensions}: a b`, 400),
  request('extensionSyntax', extensions, `${extensions}: a; b="c d"`, 400),
  request('extensionSyntax', extensions, `${extensions}: a;`, 400),
  request('deflateOffer', extensions, `${extensions}: permessage-deflate; level=9`, 400),
  request('deflateOffer', extensions, `${extensions}: permessage-deflate; server_max_window_bits=7`, 400),
  // HTTP's own syntax, which Node's parser reads before ws does.
  request('requestLineSyntax', 'start', 'GET  /chat HTTP/1.1', 101),
  request('requestLineSyntax', 'start', 'GET\t/chat HTTP/1.1', 400),
  request('requestLineSyntax', 'start', 'GET /a b HTTP/1.1', 400),
  request('noLeadingEmptyLine', 'start', '\nGET /chat HTTP/1.1', 101),
  request('spaceBeforeColon', 'X', 'X : y', 400),
  request('fieldName', 'X', 'a/b: c', 400),
  request('fieldName', 'X', 'no colon', 400),
  request('noLineFolding', 'X', 'X: y\n z', 400),
  request('fieldValue', 'X', 'X: a\0b', 400),
];

const answer = (
  broken: RuleName,
  line: string,
  to: string | undefined,
  ws: 'opens' | 'fails',
): BrokenHead => ({
  broken,
  line,
  to,
  ws,
});

/** Answers that break one rule each. Where ws's client opens, the standard is stricter than ws. */
export const brokenAnswers: readonly BrokenHead[] = [
  answer('status101', 'start', 'HTTP/1.1 200 OK', 'fails'),
  answer('answerVersion', 'start', 'HTTP/1.0 101 Switching Protocols', 'opens'),
  answer('statusLineSyntax', 'start', 'HTTP/1.1 101', 'opens'),
  answer('answerUpgrade', 'Upgrade', undefined, 'fails'),
  answer('answerUpgrade', 'Upgrade', 'Upgrade: websocket, h2c', 'fails'),
  answer('answerConnection', 'Connection', undefined, 'fails'),
  answer('answerConnection', 'Connection', 'Connection: keep-alive', 'fails'),
  answer('acceptPresent', accept, undefined, 'fails'),
  answer('acceptValue', accept, `${accept}: AAAALMBiTxaQ9kYGzzhZRbK+xOo=`, 'fails'),
  answer('acceptValue', accept, `${accept}: ${acceptKey(key).toUpperCase()}`, 'fails'),
  answer('acceptOnce', accept, `${accept}: ${acceptKey(key)}\n${accept}: ${acceptKey(key)}`, 'fails'),
  answer('answeredSubprotocolOffered', protocol, `${protocol}: chat`, 'fails'),
  answer('answeredExtensionOffered', extensions, `${extensions}: x-ray`, 'fails'),
  answer('answeredExtensionSyntax', extensions, `${extensions}: "`, 'fails'),
  answer('noBodyFields', 'Content-Length', 'Content-Length: 0', 'opens'),
  answer('noBodyFields', 'Transfer-Encoding', 'Transfer-Encoding: chunked', 'opens'),
];
