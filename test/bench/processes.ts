import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { ServerAnswer, ServerKind, ServerRequest } from './server.ts';

export type { ServerKind } from './server.ts';

/** Where a program of the bench is, by its name. */
export const benchScript = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/** Starts a server in a process of its own; it ends when that is disconnected. */
export async function startServer(kind: ServerKind): Promise<{ child: ChildProcess; port: number }> {
  // Only where the memory is asked for is anything collected on request.
  const child = fork(benchScript('server.ts'), [kind], { execArgv: ['--expose-gc'] });
  const [answer] = (await once(child, 'message')) as [ServerAnswer];
  if (!('port' in answer)) throw new Error('the server did not say its port');
  return { child, port: answer.port };
}

async function ask(child: ChildProcess, request: ServerRequest): Promise<ServerAnswer> {
  const answered = once(child, 'message') as Promise<[ServerAnswer]>;
  child.send(request);
  const [answer] = await answered;
  return answer;
}

/** CPU time that a server has used so far, in microseconds. */
export async function cpuOf(child: ChildProcess): Promise<number> {
  const answer = await ask(child, 'cpu');
  if (!('cpuMicroseconds' in answer)) throw new Error('the server did not say its CPU time');
  return answer.cpuMicroseconds;
}

/** Memory that a server holds on to once its garbage is collected: its heap and its buffers, in bytes. */
export async function memoryOf(child: ChildProcess): Promise<number> {
  const answer = await ask(child, 'memory');
  if (!('memoryBytes' in answer)) throw new Error('the server did not say its memory');
  return answer.memoryBytes;
}
