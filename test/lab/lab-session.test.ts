import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startSandbox, type Sandbox } from '../../sandbox-server/sandbox.ts';
import { LabSession, type LabMemory, type SessionState } from '../../src/lab/lab-session.ts';

let sandbox: Sandbox;
const sessions: LabSession[] = [];

beforeEach(async () => {
  sandbox = await startSandbox({ port: 0, logLevel: 'silent' });
  vi.stubEnv('PUBLIC_SANDBOX_ORIGIN', sandbox.origin);
});
afterEach(async () => {
  for (const session of sessions.splice(0)) session.stop();
  await sandbox.close();
  vi.unstubAllEnvs();
});

/** A session whose retries come at once, with a way to wait for a state of it. */
function openSession(memory: LabMemory = { recall: () => undefined, keep: () => undefined }) {
  const waiting = new Set<(state: SessionState) => void>();
  const session = new LabSession({
    memory,
    after(_milliseconds, callback) {
      const timer = setTimeout(callback, 5);
      return () => {
        clearTimeout(timer);
      };
    },
    random: () => 0,
    changed: (state) => {
      for (const look of waiting) look(state);
    },
  });
  sessions.push(session);
  const until = (holds: (state: SessionState) => boolean): Promise<SessionState> =>
    new Promise((resolve) => {
      const look = (state: SessionState): void => {
        if (!holds(state)) return;
        waiting.delete(look);
        resolve(state);
      };
      waiting.add(look);
      look(session.state);
    });
  return { session, until };
}

const isLive = ({ status }: SessionState): boolean => status === 'live';

/** Opens an echo connection in the session's lab, and closes it again. */
async function visit({ lab }: SessionState): Promise<void> {
  const socket = new WebSocket(
    new URL(lab?.services['echo'] ?? '', sandbox.origin).href.replace('http', 'ws'),
  );
  await new Promise((resolve) => {
    socket.onopen = resolve;
  });
  const closed = new Promise((resolve) => {
    socket.onclose = resolve;
  });
  socket.close();
  await closed;
}

describe('LabSession', () => {
  it('makes a lab and follows what happens in it', async () => {
    const { session, until } = openSession();
    session.start();
    const state = await until(isLive);
    await visit(state);
    const { log } = await until(({ log: { connections } }) => connections[0]?.end !== undefined);
    expect(log.connections[0]?.handshake).toBe('open');
  });

  it('goes back to the lab that is remembered, and is live only when it knows all of its past', async () => {
    const first = openSession();
    first.session.start();
    const state = await first.until(isLive);
    await visit(state);
    await visit(state);
    await first.until(({ log }) => log.connections[1]?.end !== undefined);
    const second = openSession({ recall: () => state.lab?.id, keep: () => undefined });
    second.session.start();
    const resumed = await second.until(isLive);
    expect(resumed.lab?.id).toBe(state.lab?.id);
    expect(resumed.notice).toBeUndefined();
    expect(resumed.log.connections).toHaveLength(2);
  });

  it('says offline while no sandbox answers, and goes on by itself in a new lab when one does', async () => {
    const { session, until } = openSession();
    session.start();
    const before = await until(isLive);
    await sandbox.close();
    await until(({ status }) => status === 'offline');
    sandbox = await startSandbox({ port: sandbox.port, logLevel: 'silent' });
    const after = await until(isLive);
    expect(after.lab?.id).not.toBe(before.lab?.id);
    expect(after.notice).toContain('new, empty one');
  });

  it('makes a new lab where its own was deleted', async () => {
    const { session, until } = openSession();
    session.start();
    const { lab } = await until(isLive);
    await fetch(`${sandbox.origin}/labs/${String(lab?.id)}`, { method: 'DELETE' });
    const renewed = await until((state) => isLive(state) && state.lab?.id !== lab?.id);
    expect(renewed.notice).toContain('expired');
  });

  it('tells what the sandbox says when it refuses a lab', async () => {
    await sandbox.close();
    sandbox = await startSandbox({ port: 0, logLevel: 'silent' });
    vi.stubEnv('PUBLIC_SANDBOX_ORIGIN', sandbox.origin);
    const refusal = { error: { code: 'too-many-labs', message: 'There are 100 labs.', hint: 'Delete one.' } };
    vi.stubGlobal('fetch', () => Promise.resolve(Response.json(refusal, { status: 429 })));
    const { session, until } = openSession();
    session.start();
    const { notice } = await until(({ status }) => status === 'refused');
    expect(notice).toBe('There are 100 labs. Delete one.');
    vi.unstubAllGlobals();
  });

  it('does nothing more after stop(), and starts anew after it', async () => {
    const { session, until } = openSession();
    session.start();
    session.stop();
    session.start();
    const state = await until(isLive);
    const onlooker = openSession({ recall: () => state.lab?.id, keep: () => undefined });
    onlooker.session.start();
    await onlooker.until(isLive);
    session.stop();
    await visit(state);
    await onlooker.until(({ log }) => log.connections[0]?.end !== undefined);
    expect(session.state).toBe(state);
  });

  it('moves to a fresh lab on demand', async () => {
    const { session, until } = openSession();
    session.start();
    const before = await until(isLive);
    await session.renew();
    const after = await until((state) => isLive(state) && state.lab?.id !== before.lab?.id);
    expect(after.log.connections).toEqual([]);
  });
});
