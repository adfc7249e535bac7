import { describe, expect, it } from 'vitest';
import { readAsHttp } from '../../src/derive/read-as-http.ts';
import { wire } from './written-log.ts';

const text = (bytes: Uint8Array): string => new TextDecoder('latin1').decode(bytes);

describe('readAsHttp', () => {
  it('parts a stream into lines and says which belong to a head', () => {
    const { lines, first } = readAsHttp('request', wire('noise\nGET /a HTTP/1.1\nHost: b\n\nrest'));
    expect(lines.map(({ bytes, isHttp }) => [text(bytes), isHttp])).toEqual([
      ['noise\r\n', false],
      ['GET /a HTTP/1.1\r\n', true],
      ['Host: b\r\n', true],
      ['\r\n', true],
      ['rest', false],
    ]);
    expect(first?.head.target).toBe('/a');
  });

  it('finds more than one head, and none where there is none', () => {
    const { lines } = readAsHttp('response', wire('HTTP/1.1 101 x\n\nHTTP/1.1 200 OK\n\nbody'));
    expect(lines.filter(({ isHttp }) => isHttp)).toHaveLength(4);
    expect(readAsHttp('response', wire('GET / HTTP/1.1\n\n')).first).toBeUndefined();
    expect(readAsHttp('request', new Uint8Array(0)).lines).toEqual([]);
  });
});
