import process from 'node:process';
import { messageOf } from './errors.ts';
import { parseOptions, type SandboxOptions } from './options.ts';
import { startSandbox, type Sandbox } from './sandbox.ts';

/** Whatever clients do, the process is gone so long after it was asked to stop. */
const lastResortMs = 4500;

const command = parseOptions(process.argv.slice(2), process.env);
switch (command.kind) {
  case 'help':
    process.stdout.write(command.text);
    break;
  case 'refused':
    fail(command.message);
    break;
  case 'start':
    await start(command.options);
    break;
}

async function start(options: SandboxOptions): Promise<void> {
  let sandbox: Sandbox;
  try {
    sandbox = await startSandbox(options);
  } catch (error) {
    fail(whyNotStarted(error, options));
    return;
  }
  process.stdout.write(`ws101 ready at ${sandbox.origin}/\n`);
  const stop = (): void => {
    setTimeout(() => process.exit(0), lastResortMs).unref();
    void sandbox.close().then(() => process.exit(0));
  };
  // Not once: where its shell is bash, npm passes Ctrl-C on to what the terminal has told already, and a second signal kills.
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}

function fail(message: string): void {
  process.stderr.write(`ws101 cannot start: ${message}\n`);
  process.exitCode = 1;
}

function whyNotStarted(error: unknown, { port, host }: SandboxOptions): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  switch (code) {
    case 'EADDRINUSE':
      return `port ${String(port)} of ${host} is taken. Stop what uses it, or take another with --port.`;
    case 'EACCES':
      return `port ${String(port)} needs more rights than this program has. Take one above 1023 with --port.`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `${host} is not an address of this machine. Correct --host.`;
    default:
      return messageOf(error);
  }
}
