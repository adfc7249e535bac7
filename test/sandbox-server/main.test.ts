import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openLab } from '../support/open-lab.ts';
import { connectRaw, hostOf, openingRequest } from '../support/raw-client.ts';
import { inTime } from '../support/wait-for.ts';
import { connectWs } from '../support/ws-client.ts';

interface Run {
  child: ChildProcess;
  /** Everything on stdout and on stderr, once the process has ended. */
  output: Promise<{ stdout: string; stderr: string }>;
  /** The exit code, or the signal that it died of. */
  exit: Promise<number | string>;
}

/** Runs `sandbox-server/main.ts`; it ends with the test. */
function run(...flags: string[]): Run {
  const child = spawn(process.execPath, ['sandbox-server/main.ts', ...flags], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const exit = once(child, 'exit').then(([code, signal]) => (code ?? signal) as number | string);
  const output = Promise.all([text(child.stdout), text(child.stderr)]).then(([stdout, stderr]) => ({
    stdout,
    stderr,
  }));
  return { child, output, exit };
}

/** Waits for the ready line, and reads where the sandbox is. */
async function ready({ child }: Run): Promise<{ origin: string; port: number }> {
  const line = new Promise<string>((resolve) => {
    let said = '';
    child.stdout?.on('data', (bytes: Buffer) => {
      said += bytes.toString();
      if (said.includes('\n')) resolve(said);
    });
  });
  const said = await inTime('the ready line', line);
  const origin = /^ws101 ready at (http:\/\/127\.0\.0\.1:\d+)\/\n$/.exec(said)?.[1] ?? '';
  return { origin, port: Number(new URL(origin).port) };
}

describe('main.ts', () => {
  it('prints the one ready line with the port that it has, and nothing else', async () => {
    const started = run('--port', '0');
    const { origin } = await ready(started);
    expect((await fetch(`${origin}/healthz`)).status).toBe(200);
    started.child.kill('SIGTERM');
    expect(await started.exit).toBe(0);
    const { stdout, stderr } = await started.output;
    expect(stdout).toBe(`ws101 ready at ${origin}/\n`);
    expect(stderr).toBe('');
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('on %s it closes sockets with 1001 and exits 0', async (signal) => {
    const started = run('--port', '0');
    const sandbox = await ready(started);
    const lab = await openLab(sandbox);
    const echo = await connectWs(sandbox, lab.path('echo'));
    const wire = await connectWs(sandbox, lab.path('wire'), { protocols: ['ws101.wire.v1'] });
    started.child.kill(signal);
    expect((await echo.closed).code).toBe(1001);
    expect((await wire.closed).code).toBe(1001);
    expect(await inTime('the exit', started.exit)).toBe(0);
  });

  it('drains and exits 0 also where it is told twice, as npm does on Ctrl-C', async () => {
    const started = run('--port', '0');
    const sandbox = await ready(started);
    const lab = await openLab(sandbox);
    const client = await connectRaw(sandbox);
    client.send(openingRequest(lab.path('echo'), hostOf(sandbox)));
    await client.until('101');
    started.child.kill('SIGINT');
    // The reason in the Close frame: the first signal has been heard.
    await client.until('the sandbox is stopping');
    started.child.kill('SIGINT');
    expect(await inTime('the exit', started.exit)).toBe(0);
  });

  it('exits 0 in time though clients keep their connections', async () => {
    const started = run('--port', '0');
    const sandbox = await ready(started);
    const lab = await openLab(sandbox);
    const client = await connectRaw(sandbox);
    client.send(openingRequest(lab.path('echo'), hostOf(sandbox)));
    await client.until('101');
    const idle = await connectRaw(sandbox);
    idle.send('GET');
    started.child.kill('SIGTERM');
    expect(await inTime('the exit', started.exit)).toBe(0);
  });

  it('says in one line that its port is taken, and how to go on', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    onTestFinished(() => {
      other.close();
    });
    const port = String((other.address() as AddressInfo).port);
    const started = run('--port', port);
    expect(await started.exit).toBe(1);
    const { stdout, stderr } = await started.output;
    expect(stdout).toBe('');
    expect(stderr).toBe(
      `ws101 cannot start: port ${port} of 127.0.0.1 is taken. Stop what uses it, or take another with --port.\n`,
    );
  });

  it('says in one line that a flag is unknown', async () => {
    const started = run('--prot', '1');
    expect(await started.exit).toBe(1);
    expect(await started.output).toEqual({
      stdout: '',
      stderr: "ws101 cannot start: Unknown option '--prot'. --help lists the flags.\n",
    });
  });

  it('says in one line that an address is not its own', async () => {
    const started = run('--host', '192.0.2.1', '--port', '0');
    expect(await started.exit).toBe(1);
    expect((await started.output).stderr).toBe(
      'ws101 cannot start: 192.0.2.1 is not an address of this machine. Correct --host.\n',
    );
  });

  it('--help prints the flags and exits 0', async () => {
    const started = run('--help');
    expect(await started.exit).toBe(0);
    expect((await started.output).stdout).toContain('--max-labs <labs>');
  });

  it('logs what it refuses where it is asked to, as JSON on stderr', async () => {
    const started = run('--port', '0', '--log-level', 'info');
    const { origin } = await ready(started);
    await fetch(`${origin}/labs/0`);
    started.child.kill('SIGTERM');
    await started.exit;
    const { stdout, stderr } = await started.output;
    expect(stdout.split('\n')).toHaveLength(2);
    const lines = stderr
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { res?: { statusCode: number } });
    expect(lines.some(({ res }) => res?.statusCode === 404)).toBe(true);
  });
});
