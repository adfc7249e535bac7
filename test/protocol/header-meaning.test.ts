import { describe, expect, it } from 'vitest';
import { meaningOf, meaningOfPart, type Meaning } from '../../src/protocol/header-meaning.ts';
import { HttpHeadReader } from '../../src/protocol/read-head.ts';
import { requestFieldMeanings } from '../../src/protocol/request-field-meanings.ts';
import { responseFieldMeanings } from '../../src/protocol/response-field-meanings.ts';
import { requestPartMeanings, responsePartMeanings } from '../../src/protocol/start-line-meanings.ts';
import { handshakeVectors } from '../vectors/read-vectors.ts';

describe('meaningOf', () => {
  it.each(handshakeVectors())('knows every field that $client sends', ({ kind, bytes }) => {
    const head = new HttpHeadReader(kind).push(bytes);
    const unknown = head?.fields.filter(({ name }) => meaningOf(name, kind) === undefined);
    expect(unknown).toEqual([]);
    expect(head?.fields.length).toBeGreaterThan(0);
  });

  it('looks a name up in whatever case (RFC 9110 §5.1)', () => {
    expect(meaningOf('sec-websocket-KEY', 'request')).toBe(meaningOf('Sec-WebSocket-Key', 'request'));
  });

  it('tells a request’s field from a response’s of the same name', () => {
    expect(meaningOf('Upgrade', 'request')?.setBy).toBe('browser');
    expect(meaningOf('Upgrade', 'response')?.setBy).toBe('server');
    expect(meaningOf('Sec-WebSocket-Accept', 'request')).toBeUndefined();
  });

  it('knows nothing of a field that nobody has heard of, whatever it is called', () => {
    for (const name of ['X-Unheard-Of', '', 'constructor', '__proto__', 'toString']) {
      expect(meaningOf(name, 'request')).toBeUndefined();
      expect(meaningOf(name, 'response')).toBeUndefined();
    }
  });
});

describe('meaningOfPart', () => {
  it('knows each part of either start line, and the empty line at the end', () => {
    for (const part of ['method', 'target', 'version', 'emptyLine']) {
      expect(meaningOfPart(part, 'request')).toBeDefined();
    }
    for (const part of ['version', 'statusCode', 'reasonPhrase', 'emptyLine']) {
      expect(meaningOfPart(part, 'response')).toBeDefined();
    }
    expect(meaningOfPart('statusCode', 'request')).toBeUndefined();
  });
});

const tables: [string, Readonly<Record<string, Meaning>>][] = [
  ['fields of a request', requestFieldMeanings],
  ['fields of a response', responseFieldMeanings],
  ['parts of a request', requestPartMeanings],
  ['parts of a response', responsePartMeanings],
];

describe.each(tables)('each row about %s', (_, table) => {
  it.each(Object.entries(table))('%s speaks in sentences and names its source', (name, row) => {
    if (name !== 'emptyLine' && !/[A-Z]/.test(name)) expect(name).toBe(name.toLowerCase());
    expect(row.what).toMatch(/^[\dA-Z].*\.$/);
    expect(row.required).toMatch(/^[A-Z].*[^.]$/);
    expect(row.section).toMatch(/^(RFC \d{4}|W3C|WHATWG|Fetch Standard|HTML Standard|No standard)/);
  });
});
