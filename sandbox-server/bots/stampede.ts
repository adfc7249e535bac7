import { WebSocket } from 'ws';
import type { Restart } from '../../src/contract/restart.ts';
import { comebackWaits, type StampedeRequest, type StampedeStatus } from '../../src/contract/stampede.ts';
import { ResilientSocket } from '../../src/resilient-socket/resilient-socket.ts';

/** Nobody waits longer for bots that do not come, ms. */
const patienceMs = 60_000;

/** The lab that is stampeded. */
export interface StampededLab {
  /** Milliseconds since the lab began, now. */
  now(): number;
  /** Ends the server's connections as asked, and takes no more for as long. */
  restart(restart: Restart): void;
  /** Caps how many it takes back in a second; 0: no cap. */
  capAccepts(acceptPerSecond: number): void;
}

/** A crowd of real clients that hold connections, lose them all at once, and come back. */
export class Stampede {
  readonly #request: StampedeRequest;
  readonly #lab: StampededLab;
  readonly #bots: ResilientSocket[];
  readonly #patience: NodeJS.Timeout;
  #phase: StampedeStatus['phase'] = 'gathering';
  #open = 0;
  #killedAt: number | null = null;
  #allBackAt: number | null = null;

  /** `url` is that of the lab's stream, on this sandbox's own listener. */
  constructor(request: StampedeRequest, url: string, lab: StampededLab) {
    this.#request = request;
    this.#lab = lab;
    this.#bots = Array.from({ length: request.bots }, () => this.#bot(url));
    this.#patience = setTimeout(() => {
      this.end();
    }, patienceMs).unref();
  }

  get isOver(): boolean {
    return this.#phase === 'over';
  }

  get status(): StampedeStatus {
    return {
      ...this.#request,
      phase: this.#phase,
      open: this.#open,
      killedAt: this.#killedAt,
      allBackAt: this.#allBackAt,
    };
  }

  /** Sends the bots home. */
  end(): void {
    if (this.isOver) return;
    this.#phase = 'over';
    clearTimeout(this.#patience);
    for (const bot of this.#bots) bot.close();
    if (this.#request.acceptPerSecond > 0) this.#lab.capAccepts(0);
  }

  #bot(url: string): ResilientSocket {
    const bot = new ResilientSocket(url, {
      WebSocket,
      reconnect: comebackWaits[this.#request.comeback],
      queue: false,
    });
    let isOpen = false;
    bot.on('open', () => {
      isOpen = true;
      this.#open++;
      if (this.#open === this.#request.bots) this.#allThere();
    });
    bot.on('end', () => {
      if (isOpen) this.#open--;
      isOpen = false;
    });
    return bot;
  }

  #allThere(): void {
    if (this.#phase === 'gathering') {
      const { code, overMs, downMs, acceptPerSecond } = this.#request;
      this.#phase = 'coming back';
      this.#killedAt = this.#lab.now();
      if (acceptPerSecond > 0) this.#lab.capAccepts(acceptPerSecond);
      this.#lab.restart({ code, overMs, downMs });
    } else if (this.#phase === 'coming back') {
      this.#allBackAt = this.#lab.now();
      this.end();
    }
  }
}
