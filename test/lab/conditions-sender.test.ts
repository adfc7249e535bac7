import { describe, expect, it } from 'vitest';
import type { Conditions } from '../../src/contract/conditions.ts';
import { ConditionsSender } from '../../src/lab/conditions-sender.ts';

/** A sender whose lab answers, and whose clock moves, when the test says so. */
function onTheTable() {
  const sent: Partial<Conditions>[] = [];
  const answers: { resolve: () => void; reject: (error: Error) => void }[] = [];
  const timers: (() => void)[] = [];
  const failures: unknown[] = [];
  let pending: Partial<Conditions> = {};
  const sender = new ConditionsSender({
    send(patch) {
      sent.push(patch);
      return new Promise<void>((resolve, reject) => {
        answers.push({ resolve, reject });
      });
    },
    after(_milliseconds, callback) {
      timers.push(callback);
      return () => {
        timers.splice(timers.indexOf(callback), 1);
      };
    },
    changed(now) {
      pending = now;
    },
    failed: (error) => failures.push(error),
  });
  /** Lets promises that are settled have their say. */
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 5; turn++) await Promise.resolve();
  };
  return {
    sender,
    sent,
    failures,
    pending: () => pending,
    async answer() {
      answers.shift()?.resolve();
      await settle();
    },
    async refuse(error: Error) {
      answers.shift()?.reject(error);
      await settle();
    },
    async rest() {
      timers.shift()?.();
      await settle();
    },
  };
}

describe('ConditionsSender', () => {
  it('sends the first change at once', () => {
    const { sender, sent } = onTheTable();
    sender.set({ latencyMs: 10 });
    expect(sent).toEqual([{ latencyMs: 10 }]);
  });

  it('sends what was set meanwhile together, the last value of each', async () => {
    const { sender, sent, answer, rest } = onTheTable();
    for (const latencyMs of [10, 20, 30]) sender.set({ latencyMs });
    sender.set({ lossPercent: 2 });
    await answer();
    expect(sent).toHaveLength(1);
    await rest();
    expect(sent).toEqual([{ latencyMs: 10 }, { latencyMs: 30, lossPercent: 2 }]);
  });

  it('never has two changes under way, however long an answer takes', async () => {
    const { sender, sent, answer, rest } = onTheTable();
    sender.set({ latencyMs: 10 });
    sender.set({ latencyMs: 20 });
    await rest();
    expect(sent).toHaveLength(1);
    await answer();
    expect(sent).toEqual([{ latencyMs: 10 }, { latencyMs: 20 }]);
  });

  it('shows what is set until it is answered and told by the log', async () => {
    const { sender, pending, answer, rest } = onTheTable();
    sender.set({ latencyMs: 10 });
    await answer();
    expect(pending()).toEqual({ latencyMs: 10 });
    await rest();
    expect(pending()).toEqual({});
  });

  it('says what failed, and goes on with what was set after it', async () => {
    const { sender, sent, failures, refuse, rest } = onTheTable();
    sender.set({ latencyMs: 10 });
    sender.set({ latencyMs: 20 });
    const error = new Error('too many requests');
    await refuse(error);
    await rest();
    expect(failures).toEqual([error]);
    expect(sent.at(-1)).toEqual({ latencyMs: 20 });
  });

  it('sends the last value without a rest where it is closed meanwhile, and tells nobody', async () => {
    const { sender, sent, failures, pending, answer, refuse } = onTheTable();
    sender.set({ latencyMs: 10 });
    sender.set({ latencyMs: 20 });
    sender.close();
    await answer();
    expect(sent).toEqual([{ latencyMs: 10 }, { latencyMs: 20 }]);
    await refuse(new Error('the lab has expired'));
    expect(failures).toEqual([]);
    expect(pending()).toEqual({ latencyMs: 20 });
    expect(sent).toHaveLength(2);
  });
});
