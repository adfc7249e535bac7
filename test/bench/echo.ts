import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { openLoad, type Load } from './load.ts';
import { benchScript, cpuOf, startServer } from './processes.ts';

/** What a server managed in one round. */
interface Round {
  echoesPerSecond: number;
  cpuMicrosecondsPerEcho: number;
}

/** The middle of all rounds of one server. */
export type Measured = Round;

/** Plain ws, the recorded link, and the same with one watcher, measured in turns. */
export interface EchoMeasurement {
  plain: Measured;
  recorded: Measured;
  watched: Measured;
}

/** Makes a lab; answers its id. */
export async function createLab(port: number): Promise<string> {
  const response = await fetch(`http://127.0.0.1:${String(port)}/labs`, { method: 'POST' });
  const { id } = (await response.json()) as { id: string };
  return id;
}

/** A lab that one other process follows. Throws where nothing is delivered. */
async function follow(port: number, lab: string): Promise<() => Promise<void>> {
  const watcher = fork(benchScript('watcher.ts'), [`ws://127.0.0.1:${String(port)}/labs/${lab}/wire`]);
  await once(watcher, 'message');
  return async () => {
    const answered = once(watcher, 'message') as Promise<[number]>;
    watcher.send('bytes');
    const [bytes] = await answered;
    watcher.disconnect();
    if (bytes === 0) throw new Error('the watcher was delivered nothing');
  };
}

async function measure(child: ChildProcess, load: Load, milliseconds: number): Promise<Round> {
  const before = await cpuOf(child);
  const result = await load.run(milliseconds);
  const cpu = (await cpuOf(child)) - before;
  return {
    echoesPerSecond: (result.echoes / result.milliseconds) * 1000,
    cpuMicrosecondsPerEcho: cpu / result.echoes,
  };
}

/** Echoes messages of so many bytes over so many connections; each round takes so many milliseconds for each server. */
export async function measureEcho(
  connections: number,
  payloadBytes: number,
  { rounds, milliseconds }: { rounds: number; milliseconds: number },
): Promise<EchoMeasurement> {
  const plain = await startServer('plain');
  const sandbox = await startServer('sandbox');
  const watchedSandbox = await startServer('sandbox');
  const recordedLab = await createLab(sandbox.port);
  const watchedLab = await createLab(watchedSandbox.port);
  const open = (port: number, path: string): Promise<Load> => openLoad(port, path, connections, payloadBytes);
  const loads = {
    plain: await open(plain.port, '/'),
    recorded: await open(sandbox.port, `/labs/${recordedLab}/echo`),
    watched: await open(watchedSandbox.port, `/labs/${watchedLab}/echo`),
  };
  const children = { plain: plain.child, recorded: sandbox.child, watched: watchedSandbox.child };
  const all: Record<keyof EchoMeasurement, Round[]> = { plain: [], recorded: [], watched: [] };
  const stopWatching = await follow(watchedSandbox.port, watchedLab);
  try {
    // The first round warms up; in the others each goes first in turn.
    for (let round = 0; round <= rounds; round++) {
      const names = ['plain', 'recorded', 'watched'] as const;
      for (const turn of names.keys()) {
        const name = names[(turn + round) % names.length] ?? 'plain';
        const result = await measure(children[name], loads[name], milliseconds);
        if (round > 0) all[name].push(result);
      }
    }
    await stopWatching();
  } finally {
    for (const load of Object.values(loads)) load.close();
    for (const child of Object.values(children)) child.disconnect();
  }
  return { plain: middle(all.plain), recorded: middle(all.recorded), watched: middle(all.watched) };
}

const middle = (rounds: readonly Round[]): Measured => ({
  echoesPerSecond: median(rounds.map((round) => round.echoesPerSecond)),
  cpuMicrosecondsPerEcho: median(rounds.map((round) => round.cpuMicrosecondsPerEcho)),
});

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
