import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  BodyReader,
  requestFraming,
  responseFraming,
  type BodyFraming,
} from '../../src/protocol/http-body.ts';
import { parseHead } from '../../src/protocol/parse-head.ts';
import { cutAt, cuts } from './chunking.ts';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text.replaceAll('\n', '\r\n'));
const response = (head: string) => parseHead('response', bytesOf(`${head}\n\n`));
const request = (head: string) => parseHead('request', bytesOf(`${head}\n\n`));

describe('responseFraming (RFC 9112 §6.3)', () => {
  it('gives no body to a HEAD, a 1xx, a 204 and a 304, whatever their fields say', () => {
    const withLength = (status: string) => response(`HTTP/1.1 ${status}\nContent-Length: 5`);
    expect(responseFraming(withLength('200 OK'), 'HEAD')).toEqual({ kind: 'none' });
    for (const status of ['100 Continue', '103 Early Hints', '204 No Content', '304 Not Modified']) {
      expect(responseFraming(withLength(status), 'GET')).toEqual({ kind: 'none' });
    }
  });

  it('prefers chunks to a length, and goes on until the end where neither is said', () => {
    const both = response('HTTP/1.1 200 OK\nContent-Length: 5\nTransfer-Encoding: gzip, Chunked');
    expect(responseFraming(both, 'GET')).toEqual({ kind: 'chunked' });
    expect(responseFraming(response('HTTP/1.1 200 OK\nTransfer-Encoding: gzip'), 'GET')).toEqual({
      kind: 'until close',
    });
    expect(responseFraming(response('HTTP/1.1 200 OK'), undefined)).toEqual({ kind: 'until close' });
  });

  it('takes equal lengths for one, and does not choose between others', () => {
    const lengths = (value: string) =>
      responseFraming(response(`HTTP/1.1 200 OK\nContent-Length: ${value}`), 'GET');
    expect(lengths('5, 5')).toEqual({ kind: 'length', length: 5 });
    for (const value of ['5, 6', '-1', '5x', '', '9'.repeat(16)])
      expect(lengths(value)).toEqual({ kind: 'unknown' });
  });
});

describe('requestFraming', () => {
  it('gives a request without a length no body, and none that can be read to one of another coding', () => {
    expect(requestFraming(request('GET / HTTP/1.1'))).toEqual({ kind: 'none' });
    expect(requestFraming(request('POST / HTTP/1.1\nContent-Length: 3'))).toEqual({
      kind: 'length',
      length: 3,
    });
    expect(requestFraming(request('POST / HTTP/1.1\nTransfer-Encoding: chunked'))).toEqual({
      kind: 'chunked',
    });
    expect(requestFraming(request('POST / HTTP/1.1\nTransfer-Encoding: gzip'))).toEqual({ kind: 'unknown' });
  });
});

/** What a reader makes of a body that is followed by `behind`. */
function read(framing: BodyFraming, pieces: readonly Uint8Array[]) {
  const body = new BodyReader(framing, 100);
  let taken = 0;
  for (const piece of pieces) {
    const took = body.push(piece);
    taken += took;
    if (took < piece.length) break;
  }
  return { body, taken };
}

describe('BodyReader', () => {
  const chunked = bytesOf('5\nhello\n6;name="x;y"\n world\n0\nTrailer: yes\n\n');

  it('parts the content of a chunked body from its framing, with extensions and trailers', () => {
    const { body, taken } = read({ kind: 'chunked' }, [
      bytesOf('5\nhello\n6;name="x;y"\n world\n0\nTrailer: yes\n\nHTTP'),
    ]);
    expect(taken).toBe(chunked.length);
    expect(body).toMatchObject({
      isWhole: true,
      isBroken: false,
      contentBytes: 11,
      framingBytes: chunked.length - 11,
    });
    expect(body.segments).toEqual([
      { start: 103, end: 108 },
      { start: 124, end: 130 },
    ]);
  });

  it('comes to the same in any pieces', () => {
    const whole = read({ kind: 'chunked' }, [chunked]).body;
    fc.assert(
      fc.property(cuts(chunked.length), (places) => {
        const { body, taken } = read({ kind: 'chunked' }, cutAt(chunked, places));
        expect(taken).toBe(chunked.length);
        expect({ ...body }).toEqual({ ...whole });
      }),
    );
  });

  it('says so where a chunk size is none, is too long, or is not followed by a line end', () => {
    for (const broken of ['x\n', '\n', `${'f'.repeat(13)}\n`, '1\nab\n']) {
      expect(read({ kind: 'chunked' }, [bytesOf(broken)]).body).toMatchObject({
        isBroken: true,
        isWhole: false,
      });
    }
  });

  it('takes no more than its length, and everything where it goes on until the end', () => {
    expect(read({ kind: 'length', length: 3 }, [bytesOf('abcd')])).toMatchObject({
      taken: 3,
      body: { isWhole: true },
    });
    expect(read({ kind: 'length', length: 0 }, [bytesOf('abcd')])).toMatchObject({
      taken: 0,
      body: { isWhole: true },
    });
    const { body } = read({ kind: 'until close' }, [bytesOf('ab'), bytesOf('cd')]);
    expect(body).toMatchObject({ isWhole: false, contentBytes: 4, segments: [{ start: 100, end: 104 }] });
    body.end();
    expect(body.isWhole).toBe(true);
  });
});
