import { describe, expect, it } from 'vitest';
import { parseEchoOptions } from '../../../sandbox-server/services/echo-options.ts';

const parse = (query: string): ReturnType<typeof parseEchoOptions> =>
  parseEchoOptions(new URLSearchParams(query));

describe('parseEchoOptions', () => {
  it('asks for nothing where the query is empty, or speaks of other things', () => {
    const nothing = {
      deflate: 'no',
      subprotocols: [],
      heartbeatMs: undefined,
      askMs: undefined,
      keepAliveMs: undefined,
      rejectStatus: undefined,
      closeCode: undefined,
    };
    expect(parse('')).toEqual({ ok: true, value: nothing });
    expect(parse('lesson=2&x')).toEqual({ ok: true, value: nothing });
  });

  it('reads every option', () => {
    expect(
      parse(
        'deflate=1&subprotocol=chat,%20super.chat&heartbeat=250&ask=300&keepalive=1000&reject=401&close=4001',
      ),
    ).toEqual({
      ok: true,
      value: {
        deflate: 'takeover',
        subprotocols: ['chat', 'super.chat'],
        heartbeatMs: 250,
        askMs: 300,
        keepAliveMs: 1000,
        rejectStatus: 401,
        closeCode: 4001,
      },
    });
  });

  it('reads whether the windows are kept', () => {
    expect(parse('deflate=no-takeover')).toMatchObject({ ok: true, value: { deflate: 'no-takeover' } });
    expect(parse('deflate=0')).toMatchObject({ ok: true, value: { deflate: 'no' } });
  });

  it.each([
    ['deflate=yes', 'deflate'],
    ['deflate=', 'deflate'],
    ['subprotocol=a b', 'subprotocol'],
    ['subprotocol=a/b', 'subprotocol'],
    ['heartbeat=0', 'heartbeat'],
    ['heartbeat=49', 'heartbeat'],
    ['heartbeat=-100', 'heartbeat'],
    ['heartbeat=1e3', 'heartbeat'],
    ['heartbeat=9999999999999', 'heartbeat'],
    ['heartbeat=', 'heartbeat'],
    ['ask=49', 'ask'],
    ['ask=soon', 'ask'],
    ['keepalive=999', 'keepalive'],
    ['keepalive=7200001', 'keepalive'],
    ['reject=200', 'reject'],
    ['reject=101', 'reject'],
    ['reject=304', 'reject'],
    ['reject=600', 'reject'],
    ['close=999', 'close'],
    ['close=1005', 'close'],
    ['close=1006', 'close'],
    ['close=5000', 'close'],
  ])('refuses %s and names the field', (query, field) => {
    expect(parse(query)).toMatchObject({ ok: false, field });
  });
});
