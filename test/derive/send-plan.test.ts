import { describe, expect, it } from 'vitest';
import { sendPlan } from '../../src/derive/send-plan.ts';
import { hex, toHex } from '../protocol/hex.ts';

const frames = [hex('01 02'), hex('03'), hex('')];
const plan = (...given: Parameters<typeof sendPlan>): string[] => sendPlan(...given).map(toHex);

describe('sendPlan', () => {
  it('gives each frame a write of its own, and none to an empty one', () => {
    expect(plan(frames, { kind: 'apart' })).toEqual(['01 02', '03']);
  });

  it('joins them in one write', () => {
    expect(plan(frames, { kind: 'together' })).toEqual(['01 02 03']);
    expect(plan([], { kind: 'together' })).toEqual([]);
  });

  it('cuts before a byte, and nowhere outside', () => {
    expect(plan(frames, { kind: 'cut', at: 1 })).toEqual(['01', '02 03']);
    expect(plan(frames, { kind: 'cut', at: 3 })).toEqual(['01 02 03']);
    expect(plan(frames, { kind: 'cut', at: 0 })).toEqual(['01 02 03']);
  });

  it('copies: what is edited afterwards does not change what goes out', () => {
    const frame = hex('01');
    const [write] = sendPlan([frame], { kind: 'apart' });
    frame[0] = 9;
    expect(write).toEqual(hex('01'));
  });
});
