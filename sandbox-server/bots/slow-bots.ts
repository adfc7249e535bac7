import { WebSocket } from 'ws';
import type { ReadersRequest, SlowBot, SlowPolicy } from '../../src/contract/readers.ts';

/** Nobody needs them for longer, once they read again, ms. */
const patienceMs = 30_000;

/** Real clients of a lab's stream that do not read for a while: TCP holds the server back, and nobody else. */
export class SlowBots {
  readonly #bots: { socket: WebSocket; bot: SlowBot }[];
  readonly #timers: NodeJS.Timeout[];

  /** `url` is that of the lab's stream, on this sandbox's own listener. */
  constructor({ slow, everyMs, size, stallMs }: ReadersRequest, url: string) {
    this.#bots = slow.map((policy) =>
      readSlowly(`${url}?slow=${policy}&every=${String(everyMs)}&size=${String(size)}`, policy),
    );
    const wake = setTimeout(() => {
      for (const { socket, bot } of this.#bots) {
        if (bot.phase !== 'stalled') continue;
        bot.phase = 'reading';
        socket.resume();
      }
    }, stallMs).unref();
    const patience = setTimeout(() => {
      this.end();
    }, stallMs + patienceMs).unref();
    this.#timers = [wake, patience];
  }

  get status(): readonly SlowBot[] {
    return this.#bots.map(({ bot }) => ({ ...bot }));
  }

  /** Sends them home. */
  end(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    for (const { socket } of this.#bots) socket.terminate();
  }
}

function readSlowly(url: string, slow: SlowPolicy): { socket: WebSocket; bot: SlowBot } {
  const bot: SlowBot = { slow, phase: 'opening', messages: 0, missed: 0, newest: 0, closeCode: null };
  const socket = new WebSocket(url, { perMessageDeflate: false });
  let first = 0;
  socket.on('open', () => {
    bot.phase = 'stalled';
    socket.pause();
  });
  socket.on('message', (message: Buffer) => {
    // `message 12`, and what it was filled up with.
    bot.newest = Number.parseInt(message.toString('latin1', 'message '.length, 24), 10);
    bot.messages++;
    first ||= bot.newest;
    bot.missed = bot.newest - first + 1 - bot.messages;
  });
  // What there is to know of it comes with the close.
  socket.on('error', () => undefined);
  socket.once('close', (code) => {
    bot.phase = 'ended';
    bot.closeCode = code;
  });
  return { socket, bot };
}
