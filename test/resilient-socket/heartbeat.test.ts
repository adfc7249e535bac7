import { describe, expect, it } from 'vitest';
import { Heartbeat } from '../../src/resilient-socket/heartbeat.ts';
import { FakeClock } from '../support/fake-clock.ts';

function beating() {
  const clock = new FakeClock();
  const seen: string[] = [];
  const heartbeat = new Heartbeat({ everyMs: 1000, deadlineMs: 300 }, clock, {
    ping: (id) => seen.push(`ping ${String(id)}`),
    answered: (roundTripMs) => seen.push(`answered after ${String(roundTripMs)}`),
    dead: () => seen.push('dead'),
  });
  return { clock, seen, heartbeat };
}

describe('Heartbeat', () => {
  it('asks, measures the round trip, and asks again', () => {
    const { clock, seen, heartbeat } = beating();
    heartbeat.start();
    clock.pass(1000);
    clock.pass(40);
    heartbeat.heard(1);
    clock.pass(1000);
    expect(seen).toEqual(['ping 1', 'answered after 40', 'ping 2']);
  });

  it('says that nobody answers, once, and rests', () => {
    const { clock, seen, heartbeat } = beating();
    heartbeat.start();
    clock.pass(10_000);
    expect(seen).toEqual(['ping 1', 'dead']);
    expect(clock.timerCount).toBe(0);
  });

  it('takes no old answer for a new one', () => {
    const { clock, seen, heartbeat } = beating();
    heartbeat.start();
    clock.pass(1000);
    heartbeat.heard(0);
    heartbeat.heard(7);
    clock.pass(300);
    expect(seen).toEqual(['ping 1', 'dead']);
  });

  it('asks at once when told to, but one question at a time', () => {
    const { clock, seen, heartbeat } = beating();
    heartbeat.start();
    heartbeat.probe();
    heartbeat.probe();
    expect(seen).toEqual(['ping 1']);
    expect(clock.timerCount).toBe(1);
  });

  it('after sleep it gives the answer its time before it buries the connection', () => {
    const { clock, seen, heartbeat } = beating();
    heartbeat.start();
    clock.pass(1000);
    clock.sleep(60_000);
    expect(seen).toEqual(['ping 1']);
    heartbeat.heard(1);
    expect(seen).toEqual(['ping 1', 'answered after 60000']);
  });

  it('leaves no timer behind', () => {
    const { clock, seen, heartbeat } = beating();
    heartbeat.start();
    clock.pass(1000);
    heartbeat.stop();
    expect(clock.timerCount).toBe(0);
    clock.pass(10_000);
    expect(seen).toEqual(['ping 1']);
  });

  it.each([{ everyMs: 0 }, { deadlineMs: -5 }, { everyMs: Number.POSITIVE_INFINITY }])(
    'refuses %j',
    (options) => {
      const nothing = (): void => undefined;
      const actions = { ping: nothing, answered: nothing, dead: nothing };
      expect(() => new Heartbeat(options, new FakeClock(), actions)).toThrow(Object.keys(options)[0]);
    },
  );
});
