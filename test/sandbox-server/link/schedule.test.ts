import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { perfectLink } from '../../../src/contract/conditions.ts';
import { Schedule, type Departure, type Shape } from '../../../sandbox-server/link/schedule.ts';

const bytes = (byteCount: number, at = 0, seq = 1) => ({
  kind: 'bytes' as const,
  bytes: new Uint8Array(byteCount),
  at,
  seq,
  isWhole: false,
});

const shaped = (shape: Partial<Shape>, random?: () => number): Schedule => {
  const schedule = new Schedule(random);
  schedule.reshape({ ...perfectLink, ...shape });
  return schedule;
};

/** Lets everything leave at the very moment at which it is due. */
function runOut(schedule: Schedule): { at: number; departure: Departure }[] {
  const left: { at: number; departure: Departure }[] = [];
  for (let { due } = schedule; due !== undefined; { due } = schedule) {
    const departure = schedule.take(due);
    if (departure) left.push({ at: due, departure });
  }
  return left;
}

const sizeOf = (departure: Departure): number => (departure.kind === 'bytes' ? departure.bytes.length : 0);

describe('Schedule', () => {
  it('lets bytes leave a latency after they entered, and not before', () => {
    const schedule = shaped({ latencyMs: 100 });
    schedule.add(bytes(5, 10));
    expect(schedule.due).toBe(110);
    expect(schedule.take(109.9)).toBeUndefined();
    expect(schedule.take(110)).toMatchObject({ kind: 'bytes', seq: 1, isLast: true });
    expect(schedule.isEmpty).toBe(true);
  });

  it('cuts what leaves at a limited rate into pieces of 20 ms', () => {
    const schedule = shaped({ bytesPerSecond: 1000 });
    schedule.add(bytes(50));
    const left = runOut(schedule);
    expect(left.map(({ at, departure }) => [at, sizeOf(departure)])).toEqual([
      [20, 20],
      [40, 20],
      [50, 10],
    ]);
  });

  it('stalls a lost segment for a time-out that doubles, and all behind it waits', () => {
    const chances = [0, 0, 1, 1];
    const schedule = shaped({ lossPercent: 50, latencyMs: 10 }, () => chances.shift() ?? 1);
    schedule.add(bytes(100, 0, 1));
    schedule.add(bytes(100, 1, 2));
    const left = runOut(schedule);
    const timeout = 2 * 10 + 200;
    expect(left.map(({ at }) => at)).toEqual([10 + timeout + 2 * timeout, 10 + 3 * timeout]);
  });

  it('takes a change for what is under way, too', () => {
    const schedule = shaped({ latencyMs: 60_000 });
    schedule.add(bytes(5, 0));
    schedule.reshape(perfectLink);
    expect(schedule.take(1)).toMatchObject({ isLast: true });
  });

  it('lets a FIN leave later than the last byte, and an RST with it', () => {
    for (const [how, due] of [
      ['fin', 510],
      ['rst', 10],
    ] as const) {
      const schedule = shaped({ latencyMs: 10, slowCloseMs: 500 });
      schedule.add(bytes(5));
      schedule.add({ kind: 'end', how, at: 0 });
      expect(runOut(schedule).at(-1)).toEqual({ at: due, departure: { kind: 'end', how } });
    }
  });

  it('never lets more leave than it may', () => {
    const schedule = shaped({});
    schedule.add(bytes(10));
    expect(schedule.take(0, 4)).toMatchObject({ isLast: false });
    expect(schedule.heldBytes).toBe(6);
  });

  it('does not make up for a time in which nothing could leave', () => {
    const schedule = shaped({ bytesPerSecond: 1000 });
    schedule.add(bytes(100));
    schedule.resume(1_000);
    expect(runOut(schedule).map(({ at }) => at)).toEqual([1020, 1040, 1060, 1080, 1100]);
  });
});

const shapes: fc.Arbitrary<Shape> = fc.record({
  latencyMs: fc.nat(1000),
  jitterMs: fc.nat(1000),
  bytesPerSecond: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 1_000_000 })),
  lossPercent: fc.nat(90),
  sliceBytes: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 300 })),
  slowCloseMs: fc.nat(1000),
});

/** What happens to a schedule: bytes enter, its shape changes, time goes by, or everything is dropped. */
const steps = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.record({ enter: fc.uint8Array({ minLength: 1, maxLength: 400 }) }) },
    { weight: 2, arbitrary: fc.record({ shape: shapes }) },
    { weight: 4, arbitrary: fc.record({ pass: fc.nat(2000) }) },
    { weight: 1, arbitrary: fc.constant({ drop: true }) },
  ),
  { maxLength: 40 },
);

describe('Properties of a schedule', () => {
  it('order is kept, no byte is changed, and bytes in are bytes out and bytes lost and bytes held', () => {
    fc.assert(
      fc.property(
        steps,
        fc.infiniteStream(fc.double({ min: 0, max: 0.999, noNaN: true })),
        (all, chances) => {
          const schedule = new Schedule(() => Number(chances.next().value));
          let now = 0;
          let seq = 0;
          let lost = 0;
          const entered: number[] = [];
          const left: number[] = [];
          let lastSeq = 0;
          const takeAll = (): void => {
            for (let out = schedule.take(now); out; out = schedule.take(now)) {
              if (out.kind !== 'bytes') continue;
              expect(out.seq).toBeGreaterThanOrEqual(lastSeq);
              lastSeq = out.seq;
              left.push(...out.bytes);
            }
          };
          for (const step of all) {
            if ('enter' in step) {
              schedule.add({ kind: 'bytes', bytes: step.enter, at: now, seq: ++seq, isWhole: false });
              entered.push(...step.enter);
            } else if ('shape' in step) schedule.reshape(step.shape);
            else if ('pass' in step) now += step.pass;
            else {
              const dropped = schedule.drop();
              entered.splice(left.length, dropped);
              lost += dropped;
            }
            takeAll();
          }
          expect(left.length + schedule.heldBytes).toBe(entered.length);
          expect(lost).toBeGreaterThanOrEqual(0);
          expect(left).toEqual(entered.slice(0, left.length));
        },
      ),
      { numRuns: 200 },
    );
  });

  it('never more leaves than the rate, from any moment to any other', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 100, max: 100_000 }),
        fc.array(fc.tuple(fc.integer({ min: 1, max: 300 }), fc.nat(300)), { minLength: 1, maxLength: 10 }),
        (bytesPerSecond, writes) => {
          const schedule = shaped({ bytesPerSecond });
          let at = 0;
          for (const [byteCount, pause] of writes) schedule.add(bytes(byteCount, (at += pause)));
          const left = runOut(schedule).map(({ at: time, departure }) => ({ time, size: sizeOf(departure) }));
          // A piece of `size` takes its time: what leaves from one departure to a later one fits between them.
          for (let from = 0; from < left.length; from += 7) {
            let sum = 0;
            for (let to = from + 1; to < left.length; to++) {
              sum += left[to]?.size ?? 0;
              const seconds = ((left[to]?.time ?? 0) - (left[from]?.time ?? 0)) / 1000;
              expect(sum).toBeLessThanOrEqual(bytesPerSecond * seconds + 1e-6);
            }
          }
        },
      ),
      { numRuns: 100 },
    );
  });

  it('nothing leaves before its latency is over', () => {
    fc.assert(
      fc.property(shapes, fc.array(fc.nat(200), { maxLength: 20 }), (shape, pauses) => {
        const schedule = shaped(shape, () => 0.99);
        let at = 0;
        const enteredAt = pauses.map((pause, index) => {
          at += pause;
          schedule.add(bytes(1, at, index));
          return at;
        });
        for (const { at: time, departure } of runOut(schedule)) {
          if (departure.kind !== 'bytes') continue;
          expect(time).toBeGreaterThanOrEqual((enteredAt[departure.seq] ?? 0) + shape.latencyMs);
        }
      }),
    );
  });
});
