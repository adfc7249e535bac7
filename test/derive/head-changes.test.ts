import { describe, expect, it } from 'vitest';
import { headChanges } from '../../src/derive/head-changes.ts';
import type { RequestHead } from '../../src/protocol/http-head.ts';
import { HttpHeadReader } from '../../src/protocol/read-head.ts';
import { wire } from './written-log.ts';

const request = (text: string): RequestHead => {
  const head = new HttpHeadReader('request').push(wire(text));
  if (head?.kind !== 'request') throw new Error('the text is no request');
  return head;
};
const plain = request('GET /a HTTP/1.1\nHost: x\nSec-WebSocket-Key: AAAA\nCookie: a\nCookie: b\n\n');

describe('headChanges', () => {
  it('finds nothing in two requests that are the same', () => {
    const { startLine, fields, gone } = headChanges(plain, plain);
    expect({ startLine, fields: [...fields], gone }).toEqual({ startLine: false, fields: [], gone: [] });
  });

  it('marks what was added, changed and left out, and calls a key fresh rather than changed', () => {
    const other = request(
      'GET /b HTTP/1.1\nhost: y\nSec-WebSocket-Key: BBBB\nSec-WebSocket-Protocol: chat\nCookie: a\n\n',
    );
    const { startLine, fields, gone } = headChanges(plain, other);
    expect(startLine).toBe(true);
    expect([...fields]).toEqual([
      [0, 'changed'],
      [1, 'fresh'],
      [2, 'added'],
    ]);
    expect(gone.map(({ name, value }) => [name, value])).toEqual([['Cookie', 'b']]);
  });
});
