import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { ServerAnswer, ServerKind } from './server.ts';

/** Where a program of the bench is, by its name. */
export const benchScript = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/** Starts a server in a process of its own; it ends when that is disconnected. */
export async function startServer(kind: ServerKind): Promise<{ child: ChildProcess; port: number }> {
  const child = fork(benchScript('server.ts'), [kind]);
  const [answer] = (await once(child, 'message')) as [ServerAnswer];
  if (!('port' in answer)) throw new Error('the server did not say its port');
  return { child, port: answer.port };
}

/** CPU time that a server has used so far, in microseconds. */
export async function cpuOf(child: ChildProcess): Promise<number> {
  const answered = once(child, 'message') as Promise<[ServerAnswer]>;
  child.send('cpu');
  const [answer] = await answered;
  if (!('cpuMicroseconds' in answer)) throw new Error('the server did not say its CPU time');
  return answer.cpuMicroseconds;
}
