import { describe, expect, it } from 'vitest';
import { writeClosePayload } from '../../src/protocol/close-payload.ts';
import { ClosingHandshake } from '../../src/protocol/closing-handshake.ts';
import { FrameDecoder } from '../../src/protocol/decode-frame.ts';
import { encodeFrame, type FrameDescription } from '../../src/protocol/encode-frame.ts';
import type { Frame } from '../../src/protocol/frame.ts';
import { hex } from './hex.ts';

function frame(from: 'client' | 'server', description: FrameDescription): Frame {
  const maskingKey = from === 'client' ? hex('01 02 03 04') : undefined;
  const [decoded] = new FrameDecoder({ from }).push(encodeFrame({ ...description, maskingKey }));
  if (!decoded) throw new Error('the description makes no whole frame');
  return decoded;
}

const close = (from: 'client' | 'server', code?: number, reason?: string): Frame =>
  frame(from, { opcode: 8, payload: writeClosePayload(code, reason) });

describe('ClosingHandshake', () => {
  it('goes from open over closing and closed to ended, and is clean when both have closed (RFC 6455 §7.1)', () => {
    const handshake = new ClosingHandshake();
    expect(handshake.state).toBe('open');
    handshake.readFrame('client', frame('client', { opcode: 1 }));
    expect(handshake.state).toBe('open');
    handshake.readFrame('client', close('client', 1000, 'done'));
    expect(handshake).toMatchObject({ state: 'closing', startedBy: 'client', wasClean: false });
    handshake.readFrame('server', close('server', 1000, 'done'));
    expect(handshake).toMatchObject({ state: 'closed', wasClean: true });
    expect(handshake.reportOf('client')).toBeUndefined();
    handshake.readEnd({ by: 'server', how: 'fin' });
    handshake.readEnd({ by: 'client', how: 'fin' });
    expect(handshake).toMatchObject({ state: 'ended', tcpEnd: { by: 'server', how: 'fin' } });
    expect(handshake.reportOf('client')).toEqual({ closeCode: 1000, closeReason: 'done', wasClean: true });
    expect(handshake.closeOf('client')?.closeReason).toBe('done');
  });

  it('reports 1005 to the peer of one who closes without a code, as a browser’s close() does (§7.1.5)', () => {
    const handshake = new ClosingHandshake();
    handshake.readFrame('client', close('client'));
    handshake.readFrame('server', close('server'));
    handshake.readEnd({ by: 'server', how: 'fin' });
    expect(handshake.reportOf('server')).toEqual({ closeCode: 1005, closeReason: '', wasClean: true });
  });

  it.each([
    { by: 'server', how: 'fin' },
    { by: 'client', how: 'rst' },
    { by: 'link', how: 'rst' },
  ] as const)('reports 1006 to both where TCP ends without a Close frame: %j (§7.1.5)', (end) => {
    const handshake = new ClosingHandshake();
    handshake.readEnd(end);
    const report = { closeCode: 1006, closeReason: '', wasClean: false };
    expect([handshake.reportOf('client'), handshake.reportOf('server')]).toEqual([report, report]);
    expect(handshake.startedBy).toBeUndefined();
  });

  it('reports the code to the one who had it, but nothing clean, where the answer never came', () => {
    const handshake = new ClosingHandshake();
    handshake.readFrame('server', close('server', 1012));
    handshake.readEnd({ by: 'link', how: 'rst' });
    expect(handshake.reportOf('client')).toMatchObject({ closeCode: 1012, wasClean: false });
    expect(handshake.reportOf('server')).toMatchObject({ closeCode: 1006, wasClean: false });
  });

  it('lets either side report the other’s code where both close at once: they may differ (§7.1.5)', () => {
    const handshake = new ClosingHandshake();
    handshake.readFrame('client', close('client', 3000));
    handshake.readFrame('server', close('server', 1001));
    handshake.readEnd({ by: 'server', how: 'fin' });
    expect(handshake.reportOf('client')).toMatchObject({ closeCode: 1001, wasClean: true });
    expect(handshake.reportOf('server')).toMatchObject({ closeCode: 3000, wasClean: true });
  });

  it('does not count a Close frame that the network swallowed', () => {
    const handshake = new ClosingHandshake();
    handshake.readFrame('client', close('client', 1000));
    handshake.lose('client');
    handshake.readFrame('server', close('server', 1000));
    handshake.readEnd({ by: 'link', how: 'fin' });
    expect(handshake.wasClean).toBe(false);
    expect(handshake.reportOf('server')).toMatchObject({ closeCode: 1006 });
    expect(handshake.reportOf('client')).toMatchObject({ closeCode: 1000 });
  });

  it('counts the first Close frame of a side only (§7.1.5)', () => {
    const handshake = new ClosingHandshake();
    handshake.readFrame('server', close('server', 1000));
    handshake.readFrame('server', close('server', 4000));
    expect(handshake.closeOf('server')?.closeCode).toBe(1000);
  });

  it('has an endpoint fail over a Close frame that breaks a rule: 1006 (§7.1.7)', () => {
    const handshake = new ClosingHandshake();
    handshake.readFrame('server', close('server', 1005));
    handshake.readFrame('client', close('client', 1002));
    handshake.readEnd({ by: 'server', how: 'fin' });
    expect(handshake.reportOf('client')).toEqual({ closeCode: 1006, closeReason: '', wasClean: false });
    expect(handshake.reportOf('server')).toMatchObject({ closeCode: 1002 });
  });
});
