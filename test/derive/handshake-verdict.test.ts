import { describe, expect, it } from 'vitest';
import { handshakeVerdict } from '../../src/derive/handshake-verdict.ts';
import { readLog } from '../../src/derive/log-reader.ts';
import { sampleRequest, sampleResponse, wire, WrittenLog } from './written-log.ts';

const verdictOf = (request: Uint8Array, response?: Uint8Array) => {
  const log = new WrittenLog().open(1).bytes(1, 'client', request);
  if (response) log.bytes(1, 'server', response);
  const [connection] = readLog(log.events).connections;
  return connection && handshakeVerdict(connection);
};
const http10 = wire(
  new TextDecoder().decode(sampleRequest).replaceAll('\r\n', '\n').replace('HTTP/1.1', 'HTTP/1.0'),
);
const refusal = wire('HTTP/1.1 403 Forbidden\nContent-Length: 0\n\n');

describe('handshakeVerdict', () => {
  it('agrees with a server that accepts what breaks no rule', () => {
    expect(verdictOf(sampleRequest, sampleResponse)).toMatchObject({
      brokenByRequest: 0,
      brokenByResponse: 0,
      server: 'accepted',
      compared: 'agree',
    });
  });

  it('calls a server laxer that accepts HTTP/1.0', () => {
    expect(verdictOf(http10, sampleResponse)).toMatchObject({ brokenByRequest: 1, compared: 'laxer' });
  });

  it('calls a server stricter that refuses a request without fault', () => {
    expect(verdictOf(sampleRequest, refusal)).toMatchObject({ server: 'refused', compared: 'stricter' });
  });

  it('agrees with a server that refuses what breaks a rule, and judges no response that is no handshake', () => {
    expect(verdictOf(http10, refusal)).toMatchObject({ brokenByResponse: 0, compared: 'agree' });
  });

  it('sees an accept value that belongs to another key', () => {
    const wrong = wire(
      new TextDecoder().decode(sampleResponse).replaceAll('\r\n', '\n').replace('s3pP', 'AAAA'),
    );
    expect(verdictOf(sampleRequest, wrong)).toMatchObject({ brokenByResponse: 1 });
  });

  it('leaves it open while there is no answer, and says nothing of half a request', () => {
    expect(verdictOf(sampleRequest)).toMatchObject({ server: 'silent', compared: 'open' });
    expect(verdictOf(sampleRequest.subarray(0, 40))).toBeUndefined();
  });
});
