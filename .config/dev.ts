import { spawn, spawnSync, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { freePort } from './free-port.ts';
import { root } from './site-sources.ts';

type Part = ChildProcessByStdio<null, Readable, Readable>;

const sitePort = await freePort(4321);
const sandboxPort = await freePort(sitePort + 1);
const site = `http://127.0.0.1:${String(sitePort)}`;
const sandbox = `http://127.0.0.1:${String(sandboxPort)}`;

// The browser speaks to the sandbox itself, not through the site's server: the bytes that a page shows stay its own.
const parts: readonly Part[] = [
  startPart('site', /ready in/, [
    join(root, 'node_modules', 'astro', 'bin', 'astro.mjs'),
    ...['dev', '--host', '127.0.0.1', '--port', String(sitePort), '--ignore-lock'],
  ]),
  startPart('sandbox', /^ws101 ready at/, [
    ...['--watch', '--watch-preserve-output', 'sandbox-server/main.ts', '--port', String(sandboxPort)],
    ...['--allow-origin', site, '--allow-origin', `http://localhost:${String(sitePort)}`],
  ]),
];
const awaited = new Set(['site', 'sandbox']);
let isEnding = false;

for (const part of parts) {
  part.once('exit', () => {
    if (!isEnding) process.exitCode = 1;
    end();
  });
}
process.on('SIGINT', end).on('SIGTERM', end);
await Promise.all(parts.map((part) => once(part, 'exit')));

/** Starts one half on this very Node and passes on its lines, each with its name before it. */
function startPart(name: string, ready: RegExp, args: readonly string[]): Part {
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: { ...process.env, ASTRO_TELEMETRY_DISABLED: '1', PUBLIC_SANDBOX_ORIGIN: sandbox },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const [from, to] of [
    [child.stdout, process.stdout],
    [child.stderr, process.stderr],
  ] as const) {
    createInterface({ input: from }).on('line', (line) => {
      if (line.trim() !== '') to.write(`${name.padEnd(7)} | ${line}\n`);
      if (ready.test(line)) announce(name);
    });
  }
  return child;
}

/** Says where to look, once both halves are there. */
function announce(name: string): void {
  if (awaited.delete(name) && awaited.size === 0) {
    process.stdout.write(`\nws101 dev: open ${site}/ (the sandbox is at ${sandbox}); Ctrl-C ends both\n\n`);
  }
}

function end(): void {
  if (isEnding) return;
  isEnding = true;
  for (const { pid, exitCode } of parts) {
    if (pid === undefined || exitCode !== null) continue;
    // Windows has no signals: there a watcher would be ended and what it runs left behind.
    if (process.platform === 'win32') spawnSync('taskkill', ['/pid', String(pid), '/t', '/f']);
    else process.kill(pid, 'SIGTERM');
  }
}
