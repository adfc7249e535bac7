import { describe, expect, it } from 'vitest';
import { isApiError } from '../../src/contract/api-error.ts';
import { SandboxError, apiErrorOf, refusalResponse } from '../../sandbox-server/errors.ts';
import { readResponse } from '../support/raw-client.ts';

const error = new SandboxError(429, 'too-many', 'Too many “things”.', 'Wait.', {
  field: 'things',
  headers: { 'Retry-After': '1' },
});

describe('refusalResponse', () => {
  it('is a whole response whose body is an API error of the length that it says', () => {
    const { status, headers, body } = readResponse(refusalResponse(error));
    expect(status).toBe(429);
    expect(headers['retry-after']).toBe('1');
    expect(headers['connection']).toBe('close');
    expect(Number(headers['content-length'])).toBe(Buffer.byteLength(body));
    expect(JSON.parse(body)).toEqual(apiErrorOf(error));
    expect(isApiError(JSON.parse(body))).toBe(true);
  });

  it('keeps what a refusal itself says of the connection (RFC 9110 §7.8)', () => {
    const upgrade = new SandboxError(426, 'upgrade', 'm', 'h', { headers: { Connection: 'Upgrade' } });
    expect(refusalResponse(upgrade)).toContain('\r\nConnection: Upgrade, close\r\n');
  });
});
