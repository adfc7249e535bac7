import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GapEvent, WireEvent } from '../../../src/contract/wire-event.ts';
import { openLab, watch, type TestLab, type TestWatcher } from '../../support/open-lab.ts';
import { startSandbox } from '../../support/start-sandbox.ts';
import { inTime, waitFor } from '../../support/wait-for.ts';
import { connectWs } from '../../support/ws-client.ts';

const seqsOf = (events: readonly WireEvent[]): number[] => events.map(({ seq }) => seq);

const upTo = (last: number): number[] => Array.from({ length: last }, (_, index) => index + 1);

/** Waits until the watcher has received the event `seq`. */
async function until(watcher: TestWatcher, seq: number): Promise<void> {
  const reached = new Promise<void>((resolve) => {
    const look = (): void => {
      if ((watcher.events.at(-1)?.seq ?? 0) >= seq) resolve();
    };
    watcher.onEvents = look;
    look();
  });
  await inTime(`event ${String(seq)}`, reached);
}

/** Has the lab echo so many messages, and answers its last event. */
async function echo(lab: TestLab, sandbox: { origin: string }, count: number, bytes = 10): Promise<number> {
  const { socket, closed } = await connectWs(sandbox, lab.path('echo'));
  const allBack = new Promise<void>((resolve) => {
    let left = count;
    socket.on('message', () => {
      if (--left === 0) resolve();
    });
  });
  for (let index = 0; index < count; index++) socket.send(Buffer.alloc(bytes));
  await inTime('all echoes', allBack);
  socket.close();
  await closed;
  return waitFor('the connection to end', async () => {
    const { connections, log } = await lab.status();
    return connections.length === 0 ? log.lastSeq : undefined;
  });
}

describe('The wire channel', () => {
  it('delivers what is in the log, then what comes, each event once and in order', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    const before = await echo(lab, sandbox, 3);
    const watcher = watch(sandbox.origin, lab.path('wire'));
    await until(watcher, before);
    const after = await echo(lab, sandbox, 3);
    await until(watcher, after);
    expect(seqsOf(watcher.events)).toEqual(upTo(after));
    expect(watcher.events).toEqual(await lab.log());
  });

  it('sends JSON arrays, in fewer messages than events', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    const watcher = watch(sandbox.origin, lab.path('wire'));
    let messages = 0;
    watcher.socket.on('message', () => messages++);
    const last = await echo(lab, sandbox, 500);
    await until(watcher, last);
    expect(messages).toBeLessThan(last / 5);
  });

  it('resumes after `since`', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    const last = await echo(lab, sandbox, 3);
    const watcher = watch(sandbox.origin, lab.path(`wire?since=${String(last - 2)}`));
    await until(watcher, last);
    expect(seqsOf(watcher.events)).toEqual([last - 1, last]);
  });

  it('leaves neither a hole nor a double, however often and wherever a watcher is lost', async () => {
    const sandbox = await startSandbox();
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 6 }),
        async (losses) => {
          const lab = await openLab(sandbox);
          const seen: WireEvent[] = [];
          const echoed = echo(lab, sandbox, 60);
          for (const events of losses) {
            const since = seen.at(-1)?.seq ?? 0;
            const watcher = watch(sandbox.origin, lab.path(`wire?since=${String(since)}`));
            const { lastSeq } = (await lab.status()).log;
            const goal = Math.min(since + events, lastSeq);
            if (goal > since) await until(watcher, goal);
            watcher.socket.terminate();
            seen.push(...watcher.events);
          }
          const last = await echoed;
          const watcher = watch(sandbox.origin, lab.path(`wire?since=${String(seen.at(-1)?.seq ?? 0)}`));
          if ((seen.at(-1)?.seq ?? 0) < last) await until(watcher, last);
          expect(seqsOf([...seen, ...watcher.events])).toEqual(upTo(last));
          expect([...seen, ...watcher.events]).toEqual(await lab.log());
        },
      ),
      { numRuns: 15 },
    );
  });

  it('sends a gap first where `since` is older than what the log holds', async () => {
    const sandbox = await startSandbox({ limits: { maxLogEvents: 16 } });
    const lab = await openLab(sandbox);
    const last = await echo(lab, sandbox, 30);
    const { droppedEvents, events } = (await lab.status()).log;
    const watcher = watch(sandbox.origin, lab.path('wire?since=5'));
    await until(watcher, last);
    const [gap, ...held] = watcher.events;
    expect(gap).toMatchObject({
      type: 'gap',
      seq: droppedEvents,
      events: droppedEvents - 5,
      why: 'log full',
    });
    expect((gap as GapEvent).byteCount).toBeGreaterThan(0);
    expect(seqsOf(held)).toEqual(upTo(last).slice(-events));
  });

  it('gives every watcher of a lab the same', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    const watchers = [1, 2, 3].map(() => watch(sandbox.origin, lab.path('wire')));
    const last = await echo(lab, sandbox, 50);
    for (const watcher of watchers) await until(watcher, last);
    for (const { events } of watchers) expect(seqsOf(events)).toEqual(upTo(last));
  });

  it('gives a watcher that reads too slowly a gap, and holds up neither the connection nor another watcher', async () => {
    const sandbox = await startSandbox({
      limits: { maxWatcherBufferedBytes: 64 * 1024, maxLogBytes: 512 * 1024, maxLogEvents: 1000 },
    });
    const lab = await openLab(sandbox);
    const slow = watch(sandbox.origin, lab.path('wire'));
    const quick = watch(sandbox.origin, lab.path('wire'));
    await lab.call('PATCH', 'conditions', { upgrade: 'pass' });
    await until(slow, 1);
    slow.socket.pause();
    // More than the kernel holds for the one that does not read: the echo goes on all the same.
    let last = 0;
    for (let round = 0; round < 6; round++) last = await echo(lab, sandbox, 100, 32 * 1024);
    await until(quick, last);
    slow.socket.resume();
    await until(slow, last);
    const gaps = slow.events.filter((event) => event.type === 'gap');
    expect(gaps.map(({ why }) => why)).toContain('watcher too slow');
    const told = slow.events.reduce((sum, event) => sum + (event.type === 'gap' ? event.events : 1), 0);
    expect(told).toBe(last);
    expect(seqsOf(slow.events)).toEqual(seqsOf(slow.events).toSorted((one, other) => one - other));
  });

  it('accounts for every byte: those of the events, and those of the gaps', async () => {
    const sandbox = await startSandbox({
      limits: { maxWatcherBufferedBytes: 16 * 1024, maxLogBytes: 256 * 1024, maxLogEvents: 1000 },
    });
    const lab = await openLab(sandbox);
    const slow = watch(sandbox.origin, lab.path('wire'));
    await lab.call('PATCH', 'conditions', { upgrade: 'pass' });
    await until(slow, 1);
    slow.socket.pause();
    let last = 0;
    for (let round = 0; round < 6; round++) last = await echo(lab, sandbox, 100, 32 * 1024);
    const fresh = watch(sandbox.origin, lab.path('wire'));
    await until(fresh, last);
    slow.socket.resume();
    await until(slow, last);
    const bytesTold = (events: readonly WireEvent[]): number =>
      events.reduce((sum, event) => {
        if (event.type === 'gap') return sum + event.byteCount;
        return event.type === 'bytes' ? sum + event.bytes.length : sum;
      }, 0);
    expect(bytesTold(slow.events)).toBe(bytesTold(fresh.events));
    expect(bytesTold(fresh.events)).toBeGreaterThan(2 * 600 * 32 * 1024);
  });

  it('closes on a watcher that speaks: nothing is read there', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    const { socket, closed } = await connectWs(sandbox, lab.path('wire'), { protocols: ['ws101.wire.v1'] });
    socket.send('hello');
    expect(await closed).toEqual({ code: 1008, reason: 'nothing is read on the wire channel' });
  });

  it('answers with its subprotocol and without compression, whatever is offered', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    const { socket } = await connectWs(sandbox, lab.path('wire'), {
      protocols: ['chat', 'ws101.wire.v1'],
      perMessageDeflate: true,
    });
    expect(socket.protocol).toBe('ws101.wire.v1');
    expect(socket.extensions).toBe('');
  });
});
