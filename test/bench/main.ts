import { benchDecode, type DecodeComparison } from './decode-frames.ts';
import { measureEcho, type EchoMeasurement } from './echo.ts';
import { measureFeedLoad, printFeedLoad } from './feed-load.ts';
import { measureIdleMemory } from './idle-memory.ts';

/** Budgets, as parts of what plain ws manages in the same run; for memory, of what it takes. */
const budgets = { recorded: 0.95, watched: 0.7, decoded: 1, memory: 1.25 };

const rounds = 9;
const milliseconds = 500;

function printEcho(title: string, { plain, recorded, watched }: EchoMeasurement): void {
  console.log(`\n${title} (median of ${String(rounds)} rounds of ${String(milliseconds)} ms)`);
  const line = (
    name: string,
    { echoesPerSecond, cpuMicrosecondsPerEcho }: typeof plain,
    verdict: string,
  ): void => {
    const rate = Math.round(echoesPerSecond).toLocaleString('en').padStart(9);
    const cpu = cpuMicrosecondsPerEcho.toFixed(1).padStart(6);
    console.log(`  ${name.padEnd(30)}${rate} echoes/s  ${cpu} µs of CPU an echo  ${verdict}`);
  };
  const verdict = (ratio: number, budget: number): string =>
    `${ratio.toFixed(2)} of plain, budget ${budget.toFixed(2)}: ${ratio >= budget ? 'kept' : 'MISSED'}`;
  line('plain ws', plain, '');
  line(
    'recorded link',
    recorded,
    verdict(recorded.echoesPerSecond / plain.echoesPerSecond, budgets.recorded),
  );
  line(
    'recorded link, one watcher',
    watched,
    verdict(watched.echoesPerSecond / plain.echoesPerSecond, budgets.watched),
  );
}

async function printDecoding(): Promise<void> {
  const { decoded, read } = await benchDecode();
  console.log('\nDecoding server frames of 64 KiB (median of 15 rounds, beside ws’s own receiver)');
  const line = (name: string, { ours, ws, ratio }: DecodeComparison): void => {
    const rate = (bytes: number): string => `${(bytes / 1e9).toFixed(2)} GB/s`;
    console.log(
      `  ${name.padEnd(30)}${rate(ours).padStart(11)}, ws ${rate(ws)}  ${ratio.toFixed(2)} of ws, ` +
        `budget ${budgets.decoded.toFixed(2)}: ${ratio >= budgets.decoded ? 'kept' : 'MISSED'}`,
    );
  };
  line('headers, payload on demand', decoded);
  line('payload in one piece', read);
}

async function printIdleMemory(): Promise<void> {
  const [labs, connections] = [9, 200];
  const { plain, recorded } = await measureIdleMemory(labs, connections);
  const ratio = recorded / plain;
  console.log(
    `\nMemory of an idle connection, its record included (${String(labs * connections)} connections)`,
  );
  console.log(`  ${'plain ws'.padEnd(30)}${plain.toFixed(0).padStart(9)} bytes`);
  console.log(
    `  ${'recorded link'.padEnd(30)}${recorded.toFixed(0).padStart(9)} bytes  ${ratio.toFixed(2)} of plain, ` +
      `budget ${budgets.memory.toFixed(2)}: ${ratio <= budgets.memory ? 'kept' : 'MISSED'}`,
  );
}

/** A promise of the project: nobody misses a message. */
const crowd = { labs: 200, messagesPerSecond: 10, seconds: 15, pollIntervalMs: 500 };

/** What can be measured, each by its name on the command line: `npm run bench -- load`. Without a name, everything. */
const benches: Record<string, () => Promise<void>> = {
  decode: printDecoding,
  echo: async () => {
    printEcho('Echo of 64 bytes over 50 connections', await measureEcho(50, 64, { rounds, milliseconds }));
    printEcho('Echo of 64 KiB over 4 connections', await measureEcho(4, 65536, { rounds, milliseconds }));
  },
  memory: printIdleMemory,
  load: async () => {
    printFeedLoad(crowd, await measureFeedLoad(crowd));
  },
};

const asked = process.argv.slice(2);
const unknown = asked.find((name) => !Object.hasOwn(benches, name));
if (unknown !== undefined) {
  console.error(`There is no bench "${unknown}"; there are ${Object.keys(benches).join(', ')}.`);
  process.exit(1);
}
for (const [name, run] of Object.entries(benches)) {
  if (asked.length === 0 || asked.includes(name)) await run();
}
