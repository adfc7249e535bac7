import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ReadAlong } from '../../../sandbox-server/proxy/read-along.ts';

const crlf = (text: string): Buffer => Buffer.from(text.replaceAll('\n', '\r\n'));
const bounds = { maxHeadBytes: 1024, maxResponseBytes: 200 };
const get = (path: string): Buffer => crlf(`GET ${path} HTTP/1.1\nHost: CDN.example\n\n`);
const ok = (body: string): Buffer =>
  Buffer.concat([crlf(`HTTP/1.1 200 OK\nContent-Length: ${String(body.length)}\n\n`), Buffer.from(body)]);

describe('ReadAlong', () => {
  it('ties the first response to the first request, and so on', () => {
    const along = new ReadAlong(bounds);
    along.readClient(Buffer.concat([get('/a'), get('/b')]));
    const answers = Buffer.concat([ok('one'), ok('two')]);
    const kept = [...answers].flatMap((byte) => along.readServer(Uint8Array.of(byte)));
    expect(kept.map(({ key }) => key)).toEqual(['cdn.example /a', 'cdn.example /b']);
    expect(kept.map(({ bytes }) => Buffer.from(bytes).toString())).toEqual([
      ok('one').toString(),
      ok('two').toString(),
    ]);
  });

  it('takes a 101 for an answer without a body, and what follows for the next one', () => {
    const along = new ReadAlong(bounds);
    along.readClient(get('/handshake'));
    along.readServer(crlf('HTTP/1.1 101 Switching Protocols\n\n'));
    along.readClient(Buffer.concat([Buffer.from([0x82, 40]), crlf('\n'), get('/forged')]));
    expect(along.readServer(ok('evil')).map(({ key }) => key)).toEqual(['cdn.example /forged']);
  });

  it.each([
    ['a response to nothing', undefined, ok('x')],
    ['an answer to POST', crlf('POST /a HTTP/1.1\nHost: a\n\n'), ok('x')],
    ['a 404', get('/a'), crlf('HTTP/1.1 404 Not Found\nContent-Length: 0\n\n')],
    ['a body without a length', get('/a'), crlf('HTTP/1.1 200 OK\n\nendless')],
    ['a body longer than it may be', get('/a'), ok('x'.repeat(201))],
    ['a length that is none', get('/a'), crlf('HTTP/1.1 200 OK\nContent-Length: -1\n\n')],
  ])('does not keep %s', (_, request, response) => {
    const along = new ReadAlong(bounds);
    if (request) along.readClient(request);
    expect(along.readServer(response)).toEqual([]);
  });

  it('remembers no more than 16 requests', () => {
    const along = new ReadAlong(bounds);
    for (let index = 0; index < 40; index++) along.readClient(get(`/${String(index)}`));
    const kept = Array.from({ length: 40 }, () => along.readServer(ok('x'))).flat();
    expect(kept).toHaveLength(16);
  });

  it('survives any bytes of either side, and keeps none that are longer than they may be', () => {
    const pieces = fc.oneof(
      fc.uint8Array({ maxLength: 60 }),
      fc.constantFrom(get('/a'), ok('x'), ok('y'.repeat(300)), crlf('HTTP/1.1 101 x\n\n'), crlf('\n')),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.boolean(), pieces), { maxLength: 40 }), (sent) => {
        const along = new ReadAlong(bounds);
        const kept: number[] = [];
        for (const [ofClient, bytes] of sent) {
          if (ofClient) along.readClient(bytes);
          else kept.push(...along.readServer(bytes).map((answer) => answer.bytes.length));
        }
        expect(Math.max(0, ...kept)).toBeLessThanOrEqual(200);
      }),
    );
  });
});
