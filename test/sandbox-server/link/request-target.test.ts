import { describe, expect, it } from 'vitest';
import { peekRequestTarget, splitTarget } from '../../../sandbox-server/link/request-target.ts';

const peek = (text: string): string | undefined => peekRequestTarget(Buffer.from(text, 'latin1'));

describe('peekRequestTarget', () => {
  it('waits until the request line is whole', () => {
    expect(peek('')).toBeUndefined();
    expect(peek('GET /labs/1/echo HTTP/1.1')).toBeUndefined();
    expect(peek('GET /labs/1/echo HTTP/1.1\r\n')).toBe('/labs/1/echo');
  });

  it('passes over empty lines before it (RFC 9112 §2.2)', () => {
    expect(peek('\r\n\r\nGET / HTTP/1.1\r\nHost: a')).toBe('/');
    expect(peek('\r\n')).toBeUndefined();
  });

  it('takes a bare LF, any method and HTTP/1.0', () => {
    expect(peek('BREW /pot HTTP/1.0\n')).toBe('/pot');
  });

  it.each(['hello\n', 'GET  / HTTP/1.1\r\n', 'GET /a b HTTP/1.1\r\n', 'GET /\r\n', '\x16\x03\x01\x00\n'])(
    'finds no target in %j',
    (text) => {
      expect(peek(text)).toBe('');
    },
  );
});

describe('splitTarget', () => {
  it.each([
    ['/labs/1/echo?a=1?b', { authority: undefined, path: '/labs/1/echo', query: 'a=1?b' }],
    ['http://evil.example:80/labs?x', { authority: 'evil.example:80', path: '/labs', query: 'x' }],
    ['http://evil.example', { authority: 'evil.example', path: '/', query: '' }],
    ['*', { authority: undefined, path: '*', query: '' }],
    ['//evil.example/x', { authority: undefined, path: '//evil.example/x', query: '' }],
  ])('takes %s apart', (target, parts) => {
    expect(splitTarget(target)).toEqual(parts);
  });
});
