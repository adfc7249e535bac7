import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { sendAndHope } from '../../lessons/samples/send-and-hope.js';
import { inTime } from '../support/wait-for.ts';

/** A sample that runs; it ends with the test. */
class Program {
  printed = '';
  readonly #child: ChildProcess;

  constructor(sample: string, ...args: string[]) {
    const path = fileURLToPath(new URL(`../../lessons/samples/${sample}`, import.meta.url));
    this.#child = spawn(process.execPath, [path, ...args]);
    this.#child.stdout?.on('data', (chunk: Buffer) => {
      this.printed += chunk.toString();
      this.#child.emit('printed');
    });
    onTestFinished(() => {
      this.#child.kill('SIGKILL');
    });
  }

  /** Waits until what it has printed is as asked. */
  async until(what: string, isThere: (printed: string) => boolean): Promise<string> {
    const wait = async (): Promise<void> => {
      while (!isThere(this.printed)) await once(this.#child, 'printed');
    };
    await inTime(`${what}; it printed ${this.printed}`, wait());
    return this.printed;
  }
}

/** A client that reads nothing after its handshake; it ends with the test. */
async function connectDeaf(address: string): Promise<WebSocket> {
  const socket = new WebSocket(address, { perMessageDeflate: false });
  onTestFinished(() => {
    socket.terminate();
  });
  socket.on('error', () => undefined);
  await once(socket, 'open');
  socket.pause();
  return socket;
}

const bufferedIn = (printed: string): number[] =>
  [...printed.matchAll(/(\d+) bytes buffered/g)].map(([, bytes = '']) => Number(bytes));

const start = async (sample: string, ...args: string[]): Promise<{ program: Program; address: string }> => {
  const program = new Program(sample, '0', ...args);
  const printed = await program.until('its address', (text) => text.includes('\n'));
  return { program, address: printed.split('\n', 1)[0] ?? '' };
};

it('broadcast-and-hope.mjs keeps in memory whatever one client does not read, without an error', async () => {
  const { program, address } = await start('broadcast-and-hope.mjs', '2');
  const deaf = await connectDeaf(address);
  await program.until('20 MB in its memory', (text) => bufferedIn(text).some((bytes) => bytes > 20_000_000));
  const memory = [...program.printed.matchAll(/(\d+) bytes of memory/g)].map(([, bytes = '']) =>
    Number(bytes),
  );
  expect(memory.at(-1)).toBeGreaterThan((memory[0] ?? 0) + 15_000_000);
  expect(deaf.readyState).toBe(WebSocket.OPEN);
});

it('broadcast-bounded.mjs keeps a mebibyte, lets the deaf one go, and serves the other', async () => {
  const { program, address } = await start('broadcast-bounded.mjs', '2', '500');
  await connectDeaf(address);
  const quick = new WebSocket(address, { perMessageDeflate: false });
  onTestFinished(() => {
    quick.terminate();
  });
  await program.until('the end of the deaf one', (text) => text.includes('let go of one'));
  const before = program.printed.length;
  await program.until('one client', (text) => text.slice(before).includes('1 clients'));
  // One message more may be handed over at the bound, and so may one to each.
  expect(Math.max(...bufferedIn(program.printed))).toBeLessThan(2 * (1_048_576 + 70_000));
  await inTime('a message', once(quick, 'message'));
  expect(quick.readyState).toBe(WebSocket.OPEN);
});

it('send-and-hope.js sends whatever is there to an open socket, whatever has become of the last', async () => {
  const sent: string[] = [];
  const socket = { readyState: 0, send: (text: string) => sent.push(text) };
  let made = 0;
  const stop = sendAndHope(socket, () => ({ n: ++made }), 1);
  const tick = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20));
  await tick();
  expect(sent).toEqual([]);
  socket.readyState = WebSocket.OPEN;
  await tick();
  stop();
  expect(sent.slice(0, 2)).toEqual(['{"n":1}', '{"n":2}']);
});
