import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RequestHead, ResponseHead } from '../../src/protocol/http-head.ts';
import { fieldLines, fieldTokens, fieldValues, HttpHeadReader } from '../../src/protocol/read-head.ts';
import { rules } from '../../src/protocol/rules.ts';
import { handshakeVectors } from '../vectors/read-vectors.ts';
import { byteByByte, cutAt, cuts } from './chunking.ts';
import { ascii, concat, hex } from './hex.ts';

function readRequest(chunks: readonly Uint8Array[], maxBytes?: number): HttpHeadReader<'request'> {
  const reader = new HttpHeadReader('request', maxBytes === undefined ? {} : { maxBytes });
  for (const chunk of chunks) {
    if (reader.head) break;
    reader.push(chunk);
  }
  return reader;
}

const requestOf = (text: string): RequestHead => {
  const head = readRequest([ascii(text)]).head;
  if (!head) throw new Error('the head has no end');
  return head;
};

/** Each byte as one character; TextDecoder's `latin1` is another code page. */
const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

const textAt = (head: RequestHead | ResponseHead, { start, end }: { start: number; end: number }): string =>
  latin1(head.bytes.subarray(start, end));

describe('HttpHeadReader', () => {
  it.each(handshakeVectors())(
    'reads what $client puts on the wire, and every byte of it',
    ({ kind, bytes }) => {
      const reader = new HttpHeadReader(kind);
      const head = reader.push(concat(bytes, hex('81 05 48 65 6c 6c 6f')));
      if (!head) throw new Error('the head has no end');
      expect(head.bytes).toEqual(bytes);
      expect(head.violations).toEqual([]);
      expect(reader.rest).toEqual(hex('81 05 48 65 6c 6c 6f'));
      const rewritten = [
        textAt(head, head.startLine),
        ...head.fields.map((field) => textAt(head, field.range)),
        '\r\n',
      ];
      expect(rewritten.join('')).toBe(latin1(bytes));
      for (const field of head.fields) {
        expect(textAt(head, field.nameRange)).toBe(field.name);
        expect(textAt(head, field.valueRange)).toBe(field.value);
      }
    },
  );

  it('reads the parts of a request line, each with its place (RFC 9112 §3)', () => {
    const head = requestOf('GET /chat?room=7 HTTP/1.1\nHost: a\n\n');
    expect(head).toMatchObject({ method: 'GET', target: '/chat?room=7', version: 'HTTP/1.1' });
    expect([head.methodRange, head.targetRange, head.versionRange]).toEqual([
      { start: 0, end: 3 },
      { start: 4, end: 16 },
      { start: 17, end: 25 },
    ]);
  });

  it('reads the parts of a status line; a reason phrase may hold spaces or be empty (RFC 9112 §4)', () => {
    const head = new HttpHeadReader('response').push(ascii('HTTP/1.1 426 Upgrade Required\n\n'));
    expect(head).toMatchObject({ version: 'HTTP/1.1', statusCode: 426, reasonPhrase: 'Upgrade Required' });
    expect(head?.reasonPhraseRange).toEqual({ start: 13, end: 29 });
    const empty = new HttpHeadReader('response').push(ascii('HTTP/1.1 101 \n\n'));
    expect(empty).toMatchObject({ statusCode: 101, reasonPhrase: '', violations: [] });
  });

  it('keeps order, case and repetition of fields, and takes the spaces off a value (RFC 9112 §5)', () => {
    const head = requestOf('GET / HTTP/1.1\nhOsT:a\nX: \t b c \t\nHOST:\n\n');
    expect(head.fields.map(({ name, value }) => [name, value])).toEqual([
      ['hOsT', 'a'],
      ['X', 'b c'],
      ['HOST', ''],
    ]);
    expect(head.violations).toEqual([]);
  });

  it('keeps each byte above ASCII as one character, and breaks no rule by it (RFC 9110 §5.5)', () => {
    const head = readRequest([concat(ascii('GET / HTTP/1.1\nX: '), hex('ff a0 c3 a9'), ascii('\n\n'))]).head;
    expect(head?.fields[0]?.value).toBe('\xff\xa0\xc3\xa9');
    expect(head?.violations).toEqual([]);
  });

  it('shows what has come while the head is not whole', () => {
    const reader = readRequest([ascii('GET / HTTP/1.1\nHost')]);
    expect(reader.head).toBeUndefined();
    expect(reader.pending).toEqual(ascii('GET / HTTP/1.1\nHost'));
    reader.push(ascii(': a\n\n'));
    expect(reader.head?.fields[0]?.value).toBe('a');
    expect(reader.pending).toEqual(new Uint8Array(0));
  });

  it('takes nothing more once the head is whole', () => {
    const reader = readRequest([ascii('GET / HTTP/1.1\n\n')]);
    const head = reader.head;
    expect(reader.push(ascii('GET /other HTTP/1.1\n\n'))).toBe(head);
    expect(reader.rest).toEqual(new Uint8Array(0));
  });

  it('cuts a head at its bound, says so, and leaves what follows in the rest (RFC 9110 §5.4)', () => {
    const long = ascii(`GET / HTTP/1.1\nX: ${'a'.repeat(100)}\n\n`);
    for (const chunks of [[long], byteByByte(long), [long.slice(0, 63), long.slice(63)]]) {
      const reader = readRequest(chunks, 64);
      expect(reader.head?.bytes).toEqual(long.slice(0, 64));
      expect(reader.head?.violations.map(({ rule }) => rule)).toEqual([rules.headSize]);
    }
    expect(readRequest([long], 64).rest).toEqual(long.slice(64));
    expect(readRequest([long], long.length).head?.violations).toEqual([]);
  });

  it('makes a head of what came when the stream ends before its empty line (RFC 9112 §2.1)', () => {
    const reader = readRequest([ascii('GET / HTTP/1.1\nHost: a\n')]);
    const head = reader.end();
    expect(head?.fields[0]?.value).toBe('a');
    expect(head?.violations.map(({ rule }) => rule)).toEqual([rules.headEnd]);
    expect(new HttpHeadReader('request').end()).toBeUndefined();
  });

  it.each([
    ['16 03 01 02 00 01 00', 'TLS'],
    ['16', 'TLS'],
    ['00 01', '0x00'],
  ])('says early that %s begins no HTTP head', (bytes, found) => {
    const reader = readRequest([hex(bytes)]);
    expect(reader.head).toBeUndefined();
    expect(reader.pending).toEqual(hex(bytes));
    expect(reader.notHttp).toMatchObject({
      rule: rules.requestLineSyntax,
      found: expect.stringContaining(found) as string,
    });
  });

  it('has nothing to say against the beginning of an ordinary request', () => {
    expect(readRequest([ascii('GET / HT')]).notHttp).toBeUndefined();
    expect(readRequest([ascii('GET / HTTP/1.1\nX: \x01')]).notHttp).toBeUndefined();
  });
});

/** One broken rule each: the head, the rule, the bytes at fault as they stand in the head. */
const broken: [title: string, head: string, rule: keyof typeof rules, at: string][] = [
  ['a line ended by a bare LF', 'GET / HTTP/1.1\nHost: a\r\n\r\n', 'lineEnding', '\n'],
  ['a bare CR in a value', 'GET / HTTP/1.1\r\nX: a\rb\r\n\r\n', 'lineEnding', '\r'],
  ['an empty line before the request line', '\r\nGET / HTTP/1.1\r\n\r\n', 'noLeadingEmptyLine', '\r\n'],
  ['a space before the colon', 'GET / HTTP/1.1\r\nHost : a\r\n\r\n', 'spaceBeforeColon', ' '],
  ['a line without a colon', 'GET / HTTP/1.1\r\nHost\r\n\r\n', 'fieldName', 'Host\r\n'],
  ['an empty name', 'GET / HTTP/1.1\r\n: a\r\n\r\n', 'fieldName', ''],
  ['a name with a slash', 'GET / HTTP/1.1\r\na/b: c\r\n\r\n', 'fieldName', 'a/b'],
  [
    'a value that goes on in the next line',
    'GET / HTTP/1.1\r\nX: a\r\n b\r\n\r\n',
    'noLineFolding',
    ' b\r\n',
  ],
  ['a space below the request line', 'GET / HTTP/1.1\r\n X: a\r\n\r\n', 'noLineFolding', ' X: a\r\n'],
  ['a NUL in a value', 'GET / HTTP/1.1\r\nX: a\0b\r\n\r\n', 'fieldValue', '\0'],
  ['a DEL in a value', 'GET / HTTP/1.1\r\nX: \x7f\r\n\r\n', 'fieldValue', '\x7f'],
  ['no version', 'GET /\r\n\r\n', 'requestLineSyntax', 'GET /\r\n'],
  ['nothing but a method', 'GET\r\n\r\n', 'requestLineSyntax', 'GET\r\n'],
  ['two spaces', 'GET  / HTTP/1.1\r\n\r\n', 'requestLineSyntax', 'GET  / HTTP/1.1\r\n'],
  ['a tab for a space', 'GET\t/ HTTP/1.1\r\n\r\n', 'requestLineSyntax', 'GET\t/ HTTP/1.1\r\n'],
  ['a space in the target', 'GET /a b HTTP/1.1\r\n\r\n', 'requestLineSyntax', 'GET /a b HTTP/1.1\r\n'],
  ['a version in lower case', 'GET / http/1.1\r\n\r\n', 'requestLineSyntax', 'GET / http/1.1\r\n'],
  ['a version of two digits', 'GET / HTTP/1.10\r\n\r\n', 'requestLineSyntax', 'GET / HTTP/1.10\r\n'],
  ['a method with a colon', 'GE:T / HTTP/1.1\r\n\r\n', 'requestLineSyntax', 'GE:T / HTTP/1.1\r\n'],
];

describe('parseHead', () => {
  it.each(broken)('sees %s', (_, text, rule, at) => {
    const head = readRequest([new TextEncoder().encode(text)]).head;
    if (!head) throw new Error('the head has no end');
    expect(head.violations.map((violation) => violation.rule.id)).toEqual([rules[rule].id]);
    const [violation] = head.violations;
    expect(violation && textAt(head, violation.at)).toBe(at);
  });

  it.each([
    ['HTTP/1.1 101\r\n\r\n', 101, 'the space behind the status code is missing'],
    ['HTTP/1.1  101 x\r\n\r\n', 101, 'two spaces'],
    ['HTTP/1.1 1O1 x\r\n\r\n', 0, 'a letter in the status code'],
    ['HTTP/1 101 x\r\n\r\n', 101, 'half a version'],
    ['ICY 200 OK\r\n\r\n', 200, 'another protocol'],
  ])('sees what is wrong with the status line %j (RFC 9112 §4)', (text, statusCode) => {
    const head = new HttpHeadReader('response').push(new TextEncoder().encode(text));
    expect(head?.statusCode).toBe(statusCode);
    expect(head?.violations.map(({ rule }) => rule)).toEqual([rules.statusLineSyntax]);
  });

  it('reads a broken request line as it was most likely meant', () => {
    expect(requestOf('GET  /a b\tHTTP/1.1\n\n')).toMatchObject({
      method: 'GET',
      target: '/a b',
      version: 'HTTP/1.1',
    });
    expect(requestOf('GET /\n\n')).toMatchObject({ method: 'GET', target: '/', version: '' });
    expect(requestOf('GET\n\n')).toMatchObject({ method: 'GET', target: '', version: '' });
    expect(requestOf(' / HTTP/1.1\n\n')).toMatchObject({ method: '', target: '/', version: 'HTTP/1.1' });
  });

  it('joins a value that goes on over several lines, and keeps the bytes of them all (RFC 9112 §5.2)', () => {
    const head = requestOf('GET / HTTP/1.1\nX: a\n\t b \n\n');
    expect(head.fields).toHaveLength(1);
    expect(head.fields[0]).toMatchObject({ name: 'X', value: 'a b', range: { start: 16, end: 28 } });
    expect(textAt(head, head.fields[0]?.valueRange ?? { start: 0, end: 0 })).toBe('a\r\n\t b');
  });

  it('finds a field by its name although a space stands before the colon', () => {
    expect(fieldValues(requestOf('GET / HTTP/1.1\nHost \t: a\n\n'), 'host')).toEqual(['a']);
  });

  it('counts several broken rules of one head, each at its place', () => {
    const head = readRequest([new TextEncoder().encode('\nGET /\nHost : a\n b\n\n')]).head;
    expect(new Set(head?.violations.map(({ rule }) => rule.id))).toEqual(
      new Set([
        'no-leading-empty-line',
        'line-ending',
        'request-line-syntax',
        'space-before-colon',
        'no-line-folding',
      ]),
    );
  });
});

describe('fieldLines, fieldValues and fieldTokens', () => {
  const head = requestOf('GET / HTTP/1.1\nConnection: keep-alive, ,Upgrade\nX: 1\nconnection: \tclose\n\n');

  it('find all fields of a name, in whatever case (RFC 9110 §5.1)', () => {
    expect(fieldLines(head, 'CONNECTION').map(({ name }) => name)).toEqual(['Connection', 'connection']);
    expect(fieldValues(head, 'Connection')).toEqual(['keep-alive, ,Upgrade', 'close']);
    expect(fieldValues(head, 'Host')).toEqual([]);
  });

  it('take a comma list apart over all fields, without empty members (RFC 9110 §5.6.1)', () => {
    expect(fieldTokens(head, 'connection')).toEqual(['keep-alive', 'Upgrade', 'close']);
  });
});

/** Bytes that are a head, or nearly one, or nothing of the kind. */
const nearlyHeads: fc.Arbitrary<Uint8Array> = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        'GET / HTTP/1.1',
        'HTTP/1.1 101 x',
        '\r\n',
        '\r\n\r\n',
        '\n',
        '\r',
        ': ',
        ':',
        ' ',
        '\t',
      ),
      fc.constantFrom(
        'Host: a\r\n',
        'Upgrade: websocket\r\n',
        ' folded\r\n',
        'no colon\r\n',
        '\0',
        '\xff',
        ',',
      ),
      fc.string({ maxLength: 8 }),
    ),
    { maxLength: 24 },
  )
  .map((parts) => Uint8Array.from([...parts.join('')].map((character) => character.charCodeAt(0) & 0xff)));
const anyBytes = fc.oneof(nearlyHeads, fc.uint8Array({ maxLength: 200 }));

describe('any bytes', () => {
  it.each(['request', 'response'] as const)('make the same %s in whatever chunks they come', (kind) => {
    fc.assert(
      fc.property(anyBytes, cuts(200), fc.integer({ min: 1, max: 120 }), (bytes, places, maxBytes) => {
        const read = (chunks: readonly Uint8Array[]) => {
          const reader = new HttpHeadReader(kind, { maxBytes });
          for (const chunk of chunks) reader.push(chunk);
          return [reader.head, reader.pending, reader.notHttp, reader.end()];
        };
        const whole = read([bytes]);
        expect(read(cutAt(bytes, places))).toEqual(whole);
        expect(read(byteByByte(bytes))).toEqual(whole);
      }),
    );
  });

  it('are all in the head and the rest, and every place in a head lies inside it', () => {
    fc.assert(
      fc.property(anyBytes, fc.integer({ min: 1, max: 120 }), (bytes, maxBytes) => {
        const reader = new HttpHeadReader('request', { maxBytes });
        const head = reader.push(bytes) ?? reader.end();
        if (!head) return;
        expect(concat(head.bytes, reader.rest)).toEqual(bytes);
        expect(head.bytes.length).toBeLessThanOrEqual(maxBytes);
        const places = [
          head.startLine,
          head.methodRange,
          head.targetRange,
          head.versionRange,
          ...head.fields.flatMap(({ range, nameRange, valueRange }) => [range, nameRange, valueRange]),
          ...head.violations.map(({ at }) => at),
        ];
        for (const { start, end } of places) {
          expect(0 <= start && start <= end && end <= head.bytes.length).toBe(true);
        }
        expect(textAt(head, head.methodRange)).toBe(head.method);
        expect(textAt(head, head.targetRange)).toBe(head.target);
        expect(textAt(head, head.versionRange)).toBe(head.version);
      }),
    );
  });

  it('take time in proportion to their number, however they are made up', () => {
    // Quadratic work over so many bytes would take minutes: the test's own time limit would end it.
    const size = 200_000;
    for (const filler of [' ', '\t', ',', '\r', '\n', ':', 'a ', '\r\n ', 'a:b\r\n']) {
      const text = `GET / HTTP/1.1\r\nConnection: ${filler.repeat(size / filler.length)}x\r\n\r\n`;
      const reader = new HttpHeadReader('request', { maxBytes: 2 * size });
      const head = reader.push(new TextEncoder().encode(text)) ?? reader.end();
      expect(head && fieldTokens(head, 'Connection')).toBeDefined();
    }
    const bytes = new TextEncoder().encode(`GET ${' '.repeat(size)}x y`);
    const reader = new HttpHeadReader('request', { maxBytes: 2 * size });
    for (const byte of byteByByte(bytes)) reader.push(byte);
    expect(reader.end()?.method).toBe('GET');
  });
});
