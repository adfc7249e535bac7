import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
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
import {
  brokenAnswers,
  brokenRequests,
  changed,
  headText,
  legal,
  legalAnswer,
  type RuleName,
} from './broken-handshakes.ts';
import { ascii } from './hex.ts';

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

  it.each(brokenRequests)(
    'finds $broken broken, and nothing else, by the line $line: $to',
    ({ broken, line, to }) => {
      expect(brokenIn(judge(headText(changed(legal, line, to))))).toEqual([idOf(broken)]);
    },
  );

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

  it.each([
    ['', 'an empty value'],
    ['AQIDBAUGBwgJCgsMDQ4P', 'AQIDBAUGBwgJCgsMDQ4P, which is 15 bytes'],
    ['AQIDBAUGBwgJCgsMDQ4PEBE=', 'AQIDBAUGBwgJCgsMDQ4PEBE=, which is 17 bytes'],
    ['AQIDBAUGBwgJCgsMDQ4PEA', 'AQIDBAUGBwgJCgsMDQ4PEA, which is not base64'],
    ['AQIDBAUGBwgJCgsMDQ4P_w==', 'AQIDBAUGBwgJCgsMDQ4P_w==, which is not base64'],
    ['====', '====, which is not base64'],
  ])('says of the key %j: %s', (value, found) => {
    const text = headText(changed(legal, 'Sec-WebSocket-Key', `Sec-WebSocket-Key: ${value}`));
    expect(judge(text).find(({ rule }) => rule === rules.keySixteenBytes)?.found).toBe(found);
  });

  it('takes time in proportion to a head’s size, however it is made up', () => {
    // Quadratic work over so many bytes would take minutes: the test's own time limit would end it.
    const size = 100_000;
    const long = ['=', 'A', ',a', ';', 'a;b="', '\\', ' ', ',', ':', '/'].map((part) =>
      part.repeat(size / part.length),
    );
    const names = [
      'Host',
      'Sec-WebSocket-Key',
      'Sec-WebSocket-Protocol',
      'Sec-WebSocket-Extensions',
      'Connection',
    ];
    for (const filler of [
      ...long,
      Array.from({ length: size / 8 }, (_, index) => `t${String(index)}`).join(),
    ]) {
      const reader = new HttpHeadReader('request', { maxBytes: 10 * size });
      const head = reader.push(ascii(headText([...legal, ...names.map((name) => `${name}: ${filler}x`)])));
      if (!head) throw new Error('the head has no end');
      expect(judgeRequest(head).length).toBeGreaterThan(0);
    }
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

  it.each(brokenAnswers)(
    'finds $broken broken, and nothing else, by the line $line: $to',
    ({ broken, line, to }) => {
      expect(judgeAnswer(changed(legalAnswer, line, to))).toEqual([idOf(broken)]);
    },
  );

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
