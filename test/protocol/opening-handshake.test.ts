import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { acceptKey } from '../../src/protocol/accept-key.ts';
import type { RequestHead, ResponseHead } from '../../src/protocol/http-head.ts';
import {
  judgeRefusal,
  judgeRequest,
  judgeResponse,
  type Check,
} from '../../src/protocol/opening-handshake.ts';
import { HttpHeadReader } from '../../src/protocol/read-head.ts';
import { rules } from '../../src/protocol/rules.ts';
import { handshakeVectors } from '../vectors/read-vectors.ts';
import { ascii } from './hex.ts';

type RuleName = keyof typeof rules;

function requestOf(bytes: Uint8Array): RequestHead {
  const reader = new HttpHeadReader('request');
  const head = reader.push(bytes) ?? reader.end();
  if (!head) throw new Error('nothing to judge');
  return head;
}

function responseOf(bytes: Uint8Array): ResponseHead {
  const reader = new HttpHeadReader('response');
  const head = reader.push(bytes) ?? reader.end();
  if (!head) throw new Error('nothing to judge');
  return head;
}

const key = 'dGhlIHNhbXBsZSBub25jZQ==';
const legal = [
  'GET /chat HTTP/1.1',
  'Host: 127.0.0.1:4321',
  'Upgrade: websocket',
  'Connection: Upgrade',
  `Sec-WebSocket-Key: ${key}`,
  'Sec-WebSocket-Version: 13',
];
const legalAnswer = [
  'HTTP/1.1 101 Switching Protocols',
  'Upgrade: websocket',
  'Connection: Upgrade',
  `Sec-WebSocket-Accept: ${acceptKey(key)}`,
];
const headText = (lines: readonly string[]): string => [...lines, '', ''].join('\n');

/** The legal head with one line changed, taken out (`undefined`) or added. */
function changed(lines: readonly string[], line: string, to: string | undefined): string[] {
  const name = line.split(':')[0] ?? line;
  if (line === 'start') return [to ?? '', ...lines.slice(1)];
  if (!lines.some((other) => other.startsWith(`${name}:`))) return [...lines, to ?? ''];
  return lines.flatMap((other) => (!other.startsWith(`${name}:`) ? [other] : to === undefined ? [] : [to]));
}

const brokenIn = (checks: readonly Check[]): string[] =>
  checks.filter(({ ok }) => !ok).map(({ rule }) => rule.id);
const idOf = (name: RuleName): string => rules[name].id;
const judge = (text: string): Check[] => judgeRequest(requestOf(ascii(text)));

describe('judgeRequest', () => {
  it('has nothing against the shortest legal request (RFC 6455 §4.1)', () => {
    expect(brokenIn(judge(headText(legal)))).toEqual([]);
  });

  it.each(handshakeVectors().filter(({ kind }) => kind === 'request'))(
    'has nothing against $client',
    ({ bytes }) => {
      expect(brokenIn(judgeRequest(requestOf(bytes)))).toEqual([]);
    },
  );

  it.each<[broken: RuleName, line: string, to: string | undefined]>([
    ['methodGet', 'start', 'POST /chat HTTP/1.1'],
    ['methodGet', 'start', 'get /chat HTTP/1.1'],
    ['httpVersion', 'start', 'GET /chat HTTP/1.0'],
    ['httpVersion', 'start', 'GET /chat HTTP/0.9'],
    ['requestTarget', 'start', 'GET chat HTTP/1.1'],
    ['requestTarget', 'start', 'GET * HTTP/1.1'],
    ['requestTarget', 'start', 'GET ws://127.0.0.1/chat HTTP/1.1'],
    ['requestTarget', 'start', 'GET http:///chat HTTP/1.1'],
    ['noFragment', 'start', 'GET /chat#top HTTP/1.1'],
    ['hostPresent', 'Host', undefined],
    ['hostOnce', 'Host', 'Host: a\nHost: a'],
    ['hostSyntax', 'Host', 'Host:'],
    ['hostSyntax', 'Host', 'Host: a b'],
    ['hostSyntax', 'Host', 'Host: a:port'],
    ['hostSyntax', 'Host', 'Host: http://a'],
    ['upgradeWebsocket', 'Upgrade', undefined],
    ['upgradeWebsocket', 'Upgrade', 'Upgrade: websockets'],
    ['upgradeWebsocket', 'Upgrade', 'Upgrade: websocket/13'],
    ['upgradeWebsocket', 'Upgrade', 'Upgrade: h2c'],
    ['connectionUpgrade', 'Connection', undefined],
    ['connectionUpgrade', 'Connection', 'Connection: keep-alive'],
    ['connectionUpgrade', 'Connection', 'Connection: Upgrades'],
    ['keyPresent', 'Sec-WebSocket-Key', undefined],
    ['keyOnce', 'Sec-WebSocket-Key', `Sec-WebSocket-Key: ${key}\nSec-WebSocket-Key: ${key}`],
    ['keySixteenBytes', 'Sec-WebSocket-Key', 'Sec-WebSocket-Key:'],
    ['keySixteenBytes', 'Sec-WebSocket-Key', 'Sec-WebSocket-Key: AQIDBAUGBwgJCgsMDQ4P'],
    ['keySixteenBytes', 'Sec-WebSocket-Key', 'Sec-WebSocket-Key: AQIDBAUGBwgJCgsMDQ4PEBE='],
    ['keySixteenBytes', 'Sec-WebSocket-Key', 'Sec-WebSocket-Key: AQIDBAUGBwgJCgsMDQ4PEA'],
    ['keySixteenBytes', 'Sec-WebSocket-Key', 'Sec-WebSocket-Key: AQIDBAUGBwgJCgsMDQ4P_w=='],
    // The example of RFC 6455 §4.1 as it is printed; erratum 3150 corrects it.
    ['keyCanonical', 'Sec-WebSocket-Key', 'Sec-WebSocket-Key: AQIDBAUGBwgJCgsMDQ4PEC=='],
    ['originOnce', 'Origin', 'Origin: http://a\nOrigin: http://b'],
    ['versionPresent', 'Sec-WebSocket-Version', undefined],
    ['versionOnce', 'Sec-WebSocket-Version', 'Sec-WebSocket-Version: 13\nSec-WebSocket-Version: 13'],
    ['versionThirteen', 'Sec-WebSocket-Version', 'Sec-WebSocket-Version: 12'],
    ['versionThirteen', 'Sec-WebSocket-Version', 'Sec-WebSocket-Version: 013'],
    ['versionThirteen', 'Sec-WebSocket-Version', 'Sec-WebSocket-Version: 0xd'],
    ['versionThirteen', 'Sec-WebSocket-Version', 'Sec-WebSocket-Version: 13, 8'],
    ['versionThirteen', 'Sec-WebSocket-Version', 'Sec-WebSocket-Version:'],
    ['subprotocolTokens', 'Sec-WebSocket-Protocol', 'Sec-WebSocket-Protocol:'],
    ['subprotocolTokens', 'Sec-WebSocket-Protocol', 'Sec-WebSocket-Protocol: chat,,superchat'],
    ['subprotocolTokens', 'Sec-WebSocket-Protocol', 'Sec-WebSocket-Protocol: my chat'],
    ['subprotocolTokens', 'Sec-WebSocket-Protocol', 'Sec-WebSocket-Protocol: chat/2'],
    ['subprotocolsDistinct', 'Sec-WebSocket-Protocol', 'Sec-WebSocket-Protocol: chat, chat'],
    [
      'subprotocolsDistinct',
      'Sec-WebSocket-Protocol',
      'Sec-WebSocket-Protocol: chat\nSec-WebSocket-Protocol: chat',
    ],
    ['extensionSyntax', 'Sec-WebSocket-Extensions', 'Sec-WebSocket-Extensions: a b'],
    ['extensionSyntax', 'Sec-WebSocket-Extensions', 'Sec-WebSocket-Extensions: a; b="c d"'],
    ['extensionSyntax', 'Sec-WebSocket-Extensions', 'Sec-WebSocket-Extensions: a;'],
    ['deflateOffer', 'Sec-WebSocket-Extensions', 'Sec-WebSocket-Extensions: permessage-deflate; level=9'],
    [
      'deflateOffer',
      'Sec-WebSocket-Extensions',
      'Sec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=7',
    ],
  ])('finds %s broken, and nothing else, by the line %s: %j', (name, line, to) => {
    expect(brokenIn(judge(headText(changed(legal, line, to))))).toEqual([idOf(name)]);
  });

  it.each([
    ['a whole http address', 'start', 'GET http://127.0.0.1:4321/chat HTTP/1.1'],
    ['a whole https address in upper case', 'start', 'GET HTTPS://a/ HTTP/1.1'],
    ['a later version of HTTP', 'start', 'GET /chat HTTP/1.2'],
    ['an IPv6 address', 'Host', 'Host: [::1]:4321'],
    ['a Host without its port', 'Host', 'Host: server.example.com'],
    ['upper case in Upgrade', 'Upgrade', 'Upgrade: WebSocket'],
    ['a list in Upgrade', 'Upgrade', 'Upgrade: h2c, websocket'],
    ['Firefox’s Connection', 'Connection', 'Connection: keep-alive, Upgrade'],
    ['Connection in lower case', 'Connection', 'Connection: upgrade'],
    ['two Connection fields', 'Connection', 'Connection: keep-alive\nConnection: Upgrade'],
    ['names in lower case', 'Upgrade', 'upgrade: websocket'],
    ['the corrected example of §4.1', 'Sec-WebSocket-Key', 'Sec-WebSocket-Key: AQIDBAUGBwgJCgsMDQ4PEA=='],
    ['an opaque origin', 'Origin', 'Origin: null'],
    [
      'several subprotocols',
      'Sec-WebSocket-Protocol',
      'Sec-WebSocket-Protocol: a, b\nSec-WebSocket-Protocol: c',
    ],
    [
      'a second offer to fall back on',
      'Sec-WebSocket-Extensions',
      'Sec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=10, permessage-deflate',
    ],
    [
      'an extension that nobody knows',
      'Sec-WebSocket-Extensions',
      'Sec-WebSocket-Extensions: x-ray; a="b"; c',
    ],
    ['other fields', 'Cookie', 'Cookie: a=b'],
  ])('has nothing against %s', (_, line, to) => {
    expect(brokenIn(judge(headText(changed(legal, line, to))))).toEqual([]);
  });

  it('finds the syntax of the head broken (RFC 9112)', () => {
    const head = requestOf(new TextEncoder().encode(legal.join('\n') + '\nX : y\n\n'));
    expect(brokenIn(judgeRequest(head))).toEqual([idOf('lineEnding'), idOf('spaceBeforeColon')]);
  });

  it('lists every rule of a request in the same order, however much of it is broken', () => {
    const ids = judge(headText(legal)).map(({ rule }) => rule.id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const text of ['\n\n', 'x\n\n', headText(legal.slice(0, 2)), headText([...legal, ...legal])]) {
      expect(judge(text).map(({ rule }) => rule.id)).toEqual(ids);
    }
  });

  it('points at the bytes that decide, and says what stood there', () => {
    const head = requestOf(
      ascii(headText(changed(legal, 'Sec-WebSocket-Protocol', 'Sec-WebSocket-Protocol: a, b c'))),
    );
    const check = judgeRequest(head).find(({ rule }) => rule === rules.subprotocolTokens);
    const { start, end } = check?.at ?? { start: 0, end: 0 };
    expect(new TextDecoder().decode(head.bytes.subarray(start, end))).toBe('b c');
    expect(check).toMatchObject({ ok: false, found: 'b c', side: 'request' });
  });

  it('points at the second field where one is too many', () => {
    const head = requestOf(ascii(headText(changed(legal, 'Host', 'Host: one\nHost: two'))));
    const check = judgeRequest(head).find(({ rule }) => rule === rules.hostOnce);
    expect(check?.at).toEqual(head.fields[1]?.range);
    expect(check?.found).toBe('2 of them');
  });

  it('says how long a key of the wrong length is', () => {
    const short = headText(changed(legal, 'Sec-WebSocket-Key', 'Sec-WebSocket-Key: AQIDBAUGBwgJCgsMDQ4P'));
    const check = judge(short).find(({ rule }) => rule === rules.keySixteenBytes);
    expect(check?.found).toBe('AQIDBAUGBwgJCgsMDQ4P, which is 15 bytes');
  });

  it('judges any bytes without an exception, with every place inside the head', () => {
    const line = fc.constantFrom(
      ...legal,
      'Sec-WebSocket-Extensions: a;b="\\',
      'Host',
      ' x',
      ': y',
      'Origin: a',
    );
    const noise = fc.oneof(line, fc.string({ maxLength: 20 }));
    fc.assert(
      fc.property(fc.array(noise, { maxLength: 12 }), (lines) => {
        const head = requestOf(ascii(headText(lines)));
        for (const { at } of judgeRequest(head)) {
          if (at) expect(0 <= at.start && at.start <= at.end && at.end <= head.bytes.length).toBe(true);
        }
      }),
    );
  });
});

const request = (...more: string[]): RequestHead => requestOf(ascii(headText([...legal, ...more])));
const judgeAnswer = (lines: readonly string[], asked = request()): string[] =>
  brokenIn(judgeResponse(responseOf(ascii(headText(lines))), asked));

describe('judgeResponse', () => {
  it('has nothing against the shortest legal answer (RFC 6455 §4.2.2)', () => {
    expect(judgeAnswer(legalAnswer)).toEqual([]);
  });

  const vectors = handshakeVectors();
  it.each(vectors.filter(({ kind }) => kind === 'response'))(
    'has nothing against $client',
    ({ bytes, answers }) => {
      const asked = vectors.find(({ name }) => name === answers);
      if (!asked) throw new Error('the vector names no request');
      expect(brokenIn(judgeResponse(responseOf(bytes), requestOf(asked.bytes)))).toEqual([]);
    },
  );

  it.each<[broken: RuleName, line: string, to: string | undefined]>([
    ['status101', 'start', 'HTTP/1.1 200 OK'],
    ['answerVersion', 'start', 'HTTP/1.0 101 Switching Protocols'],
    ['statusLineSyntax', 'start', 'HTTP/1.1 101'],
    ['answerUpgrade', 'Upgrade', undefined],
    ['answerUpgrade', 'Upgrade', 'Upgrade: websocket, h2c'],
    ['answerConnection', 'Connection', undefined],
    ['answerConnection', 'Connection', 'Connection: keep-alive'],
    ['acceptPresent', 'Sec-WebSocket-Accept', undefined],
    ['acceptValue', 'Sec-WebSocket-Accept', 'Sec-WebSocket-Accept: AAAALMBiTxaQ9kYGzzhZRbK+xOo='],
    ['acceptValue', 'Sec-WebSocket-Accept', `Sec-WebSocket-Accept: ${acceptKey(key).toUpperCase()}`],
    [
      'acceptOnce',
      'Sec-WebSocket-Accept',
      `Sec-WebSocket-Accept: ${acceptKey(key)}\nSec-WebSocket-Accept: ${acceptKey(key)}`,
    ],
    ['answeredSubprotocolOffered', 'Sec-WebSocket-Protocol', 'Sec-WebSocket-Protocol: chat'],
    ['answeredExtensionOffered', 'Sec-WebSocket-Extensions', 'Sec-WebSocket-Extensions: x-ray'],
    ['answeredExtensionSyntax', 'Sec-WebSocket-Extensions', 'Sec-WebSocket-Extensions: "'],
    ['noBodyFields', 'Content-Length', 'Content-Length: 0'],
    ['noBodyFields', 'Transfer-Encoding', 'Transfer-Encoding: chunked'],
  ])('finds %s broken, and nothing else, by the line %s: %j', (name, line, to) => {
    expect(judgeAnswer(changed(legalAnswer, line, to))).toEqual([idOf(name)]);
  });

  const offers = request('Sec-WebSocket-Protocol: chat, superchat');
  it.each<[value: string, broken: RuleName[]]>([
    ['superchat', []],
    ['Chat', ['answeredSubprotocolOffered']],
    ['', ['answeredSubprotocolOffered']],
    ['chat, superchat', ['answeredSubprotocolOnce', 'answeredSubprotocolOffered']],
    ['chat\nSec-WebSocket-Protocol: superchat', ['answeredSubprotocolOnce']],
  ])('judges %j as an answer to the subprotocols chat and superchat (§11.3.4)', (value, broken) => {
    const answer = [...legalAnswer, `Sec-WebSocket-Protocol: ${value}`];
    expect(judgeAnswer(answer, offers)).toEqual(broken.map(idOf));
  });

  it('lets a server pick no subprotocol (§4.2.2); that a browser then fails is WHATWG’s doing', () => {
    expect(judgeAnswer(legalAnswer, offers)).toEqual([]);
  });

  it.each<[offer: string, answer: string, broken: RuleName[]]>([
    ['permessage-deflate', 'permessage-deflate', []],
    ['permessage-deflate; client_max_window_bits', 'permessage-deflate; client_max_window_bits=10', []],
    ['permessage-deflate', 'permessage-deflate; server_max_window_bits=10', []],
    ['permessage-deflate', 'permessage-deflate; server_no_context_takeover', []],
    ['permessage-deflate', 'permessage-deflate; client_max_window_bits=10', ['deflateAnswer']],
    [
      'permessage-deflate; client_max_window_bits',
      'permessage-deflate; client_max_window_bits',
      ['deflateAnswer'],
    ],
    [
      'permessage-deflate; client_max_window_bits=9',
      'permessage-deflate; client_max_window_bits=10',
      ['deflateAnswer'],
    ],
    ['permessage-deflate; server_max_window_bits=10', 'permessage-deflate', ['deflateAnswer']],
    ['permessage-deflate; server_max_window_bits=10', 'permessage-deflate; server_max_window_bits=9', []],
    ['permessage-deflate; server_no_context_takeover', 'permessage-deflate', ['deflateAnswer']],
    ['permessage-deflate; server_max_window_bits=10, permessage-deflate', 'permessage-deflate', []],
    ['permessage-deflate', 'permessage-deflate, permessage-deflate', ['deflateAnswer']],
    ['permessage-deflate', 'permessage-deflate; x', ['deflateAnswer']],
    // Verified erratum 3433: an answer may spread its extensions over several fields.
    ['x-ray, permessage-deflate', 'x-ray\nSec-WebSocket-Extensions: permessage-deflate', []],
  ])('judges the offer %j answered by %j (RFC 7692 §7.1)', (offer, answer, broken) => {
    const asked = request(`Sec-WebSocket-Extensions: ${offer}`);
    expect(judgeAnswer([...legalAnswer, `Sec-WebSocket-Extensions: ${answer}`], asked)).toEqual(
      broken.map(idOf),
    );
  });

  it('finds the accept value broken where the request had no key to answer', () => {
    const asked = requestOf(ascii(headText(changed(legal, 'Sec-WebSocket-Key', undefined))));
    expect(judgeAnswer(legalAnswer, asked)).toEqual([idOf('acceptValue')]);
  });

  it('lists every rule of an answer in the same order, however much of it is broken', () => {
    const ids = judgeResponse(responseOf(ascii(headText(legalAnswer))), request()).map(({ rule }) => rule.id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const text of ['\n\n', 'x\n\n', 'HTTP/1.1 500 \n\n']) {
      const checks = judgeResponse(responseOf(ascii(text)), request());
      expect(checks.map(({ rule }) => rule.id)).toEqual(ids);
      expect(checks.every(({ side }) => side === 'response')).toBe(true);
    }
  });
});

describe('judgeRefusal', () => {
  const refusal = (lines: readonly string[], asked = request()): string[] =>
    brokenIn(judgeRefusal(responseOf(ascii(headText(lines))), asked));
  const version12 = requestOf(
    ascii(headText(changed(legal, 'Sec-WebSocket-Version', 'Sec-WebSocket-Version: 12'))),
  );

  it.each<[lines: string[], asked: RequestHead, broken: RuleName[]]>([
    [['HTTP/1.1 403 Forbidden'], request(), []],
    [['HTTP/1.1 400 Bad Request'], version12, ['refusalNamesVersions']],
    [['HTTP/1.1 400 Bad Request', 'Sec-WebSocket-Version: 13, 8'], version12, []],
    [['HTTP/1.1 426 Upgrade Required'], version12, ['refusalNamesVersions', 'refusalNamesUpgrade']],
    [['HTTP/1.1 426 Upgrade Required', 'Upgrade: websocket'], request(), []],
    [['HTTP/1.1 405 Method Not Allowed'], request(), ['refusalNamesMethods']],
    [['HTTP/1.1 405 Method Not Allowed', 'Allow: GET'], request(), []],
    [['HTTP/1.1 401 Unauthorized'], request(), ['refusalNamesChallenge']],
    [['HTTP/1.1 401 Unauthorized', 'WWW-Authenticate: Basic realm="lab"'], request(), []],
    [['HTTP/1.1 404 Not Found'], version12, []],
  ])('judges what %j owes', (lines, asked, broken) => {
    expect(refusal(lines, asked)).toEqual(broken.map(idOf));
  });
});
