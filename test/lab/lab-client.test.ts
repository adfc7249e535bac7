import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { perfectLink } from '../../src/contract/conditions.ts';
import { startSandbox, type Sandbox } from '../../sandbox-server/sandbox.ts';
import { beginFeed, feedState, stopFeed } from '../../src/lab/feed-client.ts';
import {
  changeConditions,
  createLab,
  cut,
  findLab,
  SandboxRefusal,
  SandboxUnreachable,
} from '../../src/lab/lab-client.ts';

let sandbox: Sandbox;

beforeEach(async () => {
  sandbox = await startSandbox({ port: 0, logLevel: 'silent' });
  vi.stubEnv('PUBLIC_SANDBOX_ORIGIN', sandbox.origin);
});
afterEach(async () => {
  await sandbox.close();
  vi.unstubAllEnvs();
});

describe('The lab client', () => {
  it('makes a lab and finds it again', async () => {
    const lab = await createLab();
    expect(lab.services['echo']).toBe(`/labs/${lab.id}/echo`);
    expect(await findLab(lab.id)).toMatchObject({ id: lab.id, conditions: { upgrade: 'pass' } });
  });

  it('finds nothing under an id that nobody has', async () => {
    expect(await findLab('0123456789abcdef0123456789abcdef')).toBeUndefined();
    expect(await findLab('../healthz')).toBeUndefined();
  });

  it('begins a feed anew, says how it is, and stops it', async () => {
    const { id } = await createLab();
    expect(await feedState(id)).toMatchObject({ phase: 'not begun', run: 0 });
    const begun = await beginFeed(id, { messagesPerSecond: 5, payloadBytes: 16 });
    expect(begun).toMatchObject({ phase: 'running', run: 1, settings: { messagesPerSecond: 5 } });
    await stopFeed(id);
    expect(await feedState(id)).toMatchObject({ phase: 'stopped', run: 1 });
    await expect(beginFeed(id, { messagesPerSecond: -1 })).rejects.toThrow('messagesPerSecond');
  });

  it('changes conditions and answers the new ones', async () => {
    const { id } = await createLab();
    expect(await changeConditions(id, { upgrade: 'strip' })).toEqual({ ...perfectLink, upgrade: 'strip' });
  });

  it('throws the sandbox’s own words when it says no', async () => {
    const { id } = await createLab();
    const refusal = await cut(id, { how: 'close', code: 1005 }).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(SandboxRefusal);
    expect(refusal).toMatchObject({ status: 400 });
  });

  it('tells a sandbox that is away from one that says no', async () => {
    await sandbox.close();
    await expect(createLab()).rejects.toBeInstanceOf(SandboxUnreachable);
  });
});
