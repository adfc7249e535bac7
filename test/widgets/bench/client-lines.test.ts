import { spawn, spawnSync } from 'node:child_process';
import { dirname } from 'node:path';
import { Script } from 'node:vm';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readLog } from '../../../src/derive/log-reader.ts';
import { clientName } from '../../../src/derive/client-name.ts';
import type { WireEvent } from '../../../src/contract/wire-event.ts';
import { clientLines } from '../../../src/widgets/bench/client-lines.ts';
import { openLab } from '../../support/open-lab.ts';
import { startSandbox } from '../../support/start-sandbox.ts';

/** This Node first: it is the one that the lines are for. */
const env = { ...process.env, PATH: `${dirname(process.execPath)}:${process.env['PATH'] ?? ''}` };
const has = (command: string, ...args: string[]): boolean => spawnSync(command, args, { env }).status === 0;
const address = 'ws://127.0.0.1:4321/labs/x/echo?deflate=1&heartbeat=5000';
const lineOf = (label: string, to: string): string => {
  const found = clientLines(to).find((line) => line.label === label);
  if (!found) throw new Error(`no line for ${label}`);
  return found.line;
};

const runnable = [
  { label: 'curl', client: 'curl', messages: 0, isThere: has('curl', '--version') },
  { label: 'Node 22+', client: 'Node.js', messages: 20, isThere: true },
  {
    label: 'Python',
    client: 'Python websockets',
    messages: 1,
    isThere: has('python3', '-c', 'import websockets'),
  },
  { label: 'websocat', client: 'no User-Agent', messages: 1, isThere: has('websocat', '--version') },
];

describe('clientLines', () => {
  it.each(clientLines(address).map(({ label, line }) => [label, line]))(
    'the line for %s has the whole address',
    (_, line) => {
      expect(line).toContain(address.replace('ws:', ''));
    },
  );

  it.each(
    clientLines(address)
      .filter(({ label }) => label !== 'Console')
      .map(({ label, line }) => [label, line]),
  )('the line for %s is one that a shell can read', (_, line) => {
    expect(spawnSync('sh', ['-n', '-c', line]).status).toBe(0);
  });

  it('the line for the console is JavaScript', () => {
    expect(new Script(lineOf('Console', address))).toBeInstanceOf(Script);
  });

  it.for(runnable)(
    '$label connects to a lab when its line is run',
    async ({ label, isThere, client, messages }, { skip }) => {
      skip(!isThere, `${label} is not installed here`);
      const sandbox = await startSandbox();
      const lab = await openLab(sandbox);
      const to = sandbox.origin.replace('http', 'ws') + lab.path('echo?deflate=1');
      const child = spawn('sh', ['-c', `exec ${lineOf(label, to)}`], {
        env,
        stdio: ['pipe', 'ignore', 'ignore'],
      });
      onTestFinished(() => {
        child.kill('SIGKILL');
      });
      child.stdin.write('hello\n');
      const connectionIn = (events: readonly WireEvent[]) => readLog(events).connections[0];
      const fromClient = (events: readonly WireEvent[]) =>
        connectionIn(events)?.frames.filter(({ from }) => from === 'client') ?? [];
      const events = await lab.logUntil(
        (all) => connectionIn(all)?.handshake === 'open' && fromClient(all).length >= messages,
      );
      const connection = connectionIn(events);
      expect(connection && clientName(connection)).toBe(client);
      expect(connection?.frames.flatMap(({ frame }) => frame.violations)).toEqual([]);
    },
  );
});
