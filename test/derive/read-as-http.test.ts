import { describe, expect, it } from 'vitest';
import { readAsHttp } from '../../src/derive/read-as-http.ts';
import { wire } from './written-log.ts';

const text = (bytes: Uint8Array): string => new TextDecoder('latin1').decode(bytes);

describe('readAsHttp', () => {
  it('parts a stream into lines and says which belong to a head', () => {
    const { lines, first } = readAsHttp('request', wire('noise\nGET /a HTTP/1.1\nHost: b\n\nrest'));
    expect(lines.map(({ bytes, part }) => [text(bytes), part])).toEqual([
      ['noise\r\n', 'none'],
      ['GET /a HTTP/1.1\r\n', 'head'],
      ['Host: b\r\n', 'head'],
      ['\r\n', 'head'],
      ['rest', 'none'],
    ]);
    expect(first?.head.target).toBe('/a');
  });

  it('tells a body by its length, and reads on behind it', () => {
    const two = wire('HTTP/1.1 200 OK\nContent-Length: 4\n\nab\nHTTP/1.1 204 No Content\n\n');
    expect(readAsHttp('response', two).lines.map(({ part }) => part)).toEqual([
      'head',
      'head',
      'head',
      'body',
      'head',
      'head',
    ]);
    const endless = wire('HTTP/1.1 200 OK\nContent-Length: 1e9\n\nab');
    expect(readAsHttp('response', endless).lines.at(-1)?.part).toBe('body');
  });

  it('finds more than one head, and none where there is none', () => {
    const { lines } = readAsHttp('response', wire('HTTP/1.1 101 x\n\nHTTP/1.1 200 OK\n\nbody'));
    expect(lines.filter(({ part }) => part === 'head')).toHaveLength(4);
    expect(readAsHttp('response', wire('GET / HTTP/1.1\n\n')).first).toBeUndefined();
    expect(readAsHttp('request', new Uint8Array(0)).lines).toEqual([]);
  });
});
