import { onTestFinished } from 'vitest';
import { defaultLimits, type Limits } from '../../sandbox-server/limits.ts';
import type { SandboxOptions } from '../../sandbox-server/options.ts';
import { startSandbox as start, type Sandbox } from '../../sandbox-server/sandbox.ts';

/** Options of a sandbox for one test; of the limits only those that matter to it. */
export type TestSandboxOptions = Partial<Omit<SandboxOptions, 'limits'>> & { limits?: Partial<Limits> };

/** Starts a sandbox on a free port; it ends with the test. It has no site, logs nothing, and drains in an instant, and lets go of idle clients soon. */
export async function startSandbox({ limits, ...options }: TestSandboxOptions = {}): Promise<Sandbox> {
  const sandbox = await start({
    port: 0,
    logLevel: 'silent',
    site: 'test/no-such-site',
    ...options,
    limits: { ...defaultLimits, drainSeconds: 0.1, keepAliveSeconds: 5, ...limits },
  });
  onTestFinished(() => sandbox.close());
  return sandbox;
}
