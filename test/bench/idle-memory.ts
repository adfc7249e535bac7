import { createLab } from './echo.ts';
import { openLoad, type Load } from './load.ts';
import { memoryOf, startServer, type ServerKind } from './processes.ts';

/** Bytes of memory that an idle connection takes of each server. */
export interface MemoryMeasurement {
  plain: number;
  recorded: number;
}

/** What a connection carries before it is idle: one small message, so that everything it needs is there. */
const payloadBytes = 64;

/** Opens so many connections in each of so many labs, at both servers, and asks what memory they have taken. */
export async function measureIdleMemory(labs: number, connectionsPerLab: number): Promise<MemoryMeasurement> {
  const measure = async (kind: ServerKind, pathOf: (port: number) => Promise<string>): Promise<number> => {
    const { child, port } = await startServer(kind);
    const loads: Load[] = [];
    const open = async (): Promise<void> => {
      const load = await openLoad(port, await pathOf(port), connectionsPerLab, payloadBytes);
      loads.push(load);
      await load.run(0);
    };
    try {
      // The first lab pays for what all have in common.
      await open();
      const before = await memoryOf(child);
      for (let lab = 0; lab < labs; lab++) await open();
      return ((await memoryOf(child)) - before) / (labs * connectionsPerLab);
    } finally {
      for (const load of loads) load.close();
      child.disconnect();
    }
  };
  return {
    plain: await measure('plain', () => Promise.resolve('/')),
    recorded: await measure('crowd', async (port) => `/labs/${await createLab(port)}/echo`),
  };
}
