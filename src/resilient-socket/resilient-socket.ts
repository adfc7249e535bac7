import { subprotocol, type ClientEnvelope } from './envelope.ts';
import { TypedTarget, type EventDetails, type State } from './events.ts';
import { Heartbeat } from './heartbeat.ts';
import { Incoming } from './incoming.ts';
import { defaultOptions, hasSession, type ResilientSocketOptions } from './options.ts';
import { Outgoing, type SendResult } from './outgoing.ts';
import { Reconnect } from './reconnect.ts';
import { Wire, type Address } from './wire.ts';

/**
 * A WebSocket that comes back: it puts the parts together, each of which can be switched off. It never has two sockets at
 * once, and after `close()` no timer. With heartbeat, acknowledgement, resume or dedupe on, it speaks the envelopes of
 * `envelope.ts`, and so must the server.
 */
export class ResilientSocket extends TypedTarget {
  readonly url: Address;
  /** Names this client to the server, through all its connections. */
  readonly session = `${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`;
  readonly #options: ResilientSocketOptions;
  readonly #reconnect: Reconnect | undefined;
  readonly #heartbeat: Heartbeat | undefined;
  readonly #outgoing: Outgoing;
  readonly #incoming: Incoming;
  #stopWaking: (() => void) | undefined;
  #state: State = 'connecting';
  #wire: Wire | undefined;
  /** The server, where there is a session, has greeted us. */
  #isReady = false;
  /** The page was left; the next wake brings the connection back. */
  #isAway = false;

  /** Connects at once. Throws `RangeError` for a parameter that makes no sense. */
  constructor(url: Address, given: Partial<ResilientSocketOptions> = {}) {
    super();
    this.url = url;
    this.#options = { ...defaultOptions(), ...given };
    const { reconnect, heartbeat, clock, random } = this.#options;
    this.#reconnect = reconnect
      ? new Reconnect(reconnect, clock, random, {
          connect: () => {
            this.#connect();
          },
          giveUp: () => this.#wire?.abandon(),
        })
      : undefined;
    this.#heartbeat = heartbeat
      ? new Heartbeat(heartbeat, clock, {
          ping: (id) => {
            this.#say({ type: 'ping', id });
          },
          answered: (roundTripMs) => {
            this.tell('beat', { roundTripMs });
          },
          dead: () => {
            this.tell('dead', {});
            this.#wire?.abandon();
          },
        })
      : undefined;
    this.#outgoing = new Outgoing(this.#options, clock, {
      isReady: () => this.#isReady && this.#wire?.isOpen === true,
      bufferedAmount: () => this.#wire?.bufferedAmount ?? 0,
      transmit: (id, data) => {
        if (hasSession(this.#options)) this.#say({ type: 'message', id, data });
        else this.#wire?.send(data);
      },
      dropped: ({ number }, why) => {
        this.tell('dropped', { number, why });
      },
    });
    this.#incoming = new Incoming(this.#options, {
      welcomed: (received) => {
        this.#ready(received);
      },
      acknowledged: (id) => {
        for (const { number } of this.#outgoing.acknowledged(id)) this.tell('acknowledged', { number });
      },
      ponged: (id) => this.#heartbeat?.heard(id),
      missing: () => {
        this.#greet();
      },
      tell: (name, detail) => {
        this.tell(name, detail);
      },
    });
    this.#connect();
  }

  get state(): State {
    return this.#state;
  }

  /** A listener may close it, or reconnect by hand: then another connection is under way by the time that is reported. */
  get #hasWire(): boolean {
    return this.#wire !== undefined;
  }

  /** Messages that wait to be sent, and those sent that the server has not acknowledged. */
  get pending(): { waiting: number; unacknowledged: number } {
    return this.#outgoing.pending;
  }

  /** Sends a message, or lets it wait. One with a `key` takes the place of a waiting one with the same. */
  send(data: string, key?: string): SendResult {
    return this.#outgoing.send(data, this.#options.clock.now(), key);
  }

  /** Looks at once: an open connection is asked whether it lives, one that waits is tried. */
  probe(): void {
    if (this.#isAway) this.#connect();
    else if (this.#isReady) this.#heartbeat?.probe();
    else this.#reconnect?.now();
  }

  /** Tries again by hand, now, even after it had given up. */
  reconnect(): void {
    this.#reconnect?.startOver();
    if (this.#isAway) this.#connect();
    else if (this.#reconnect?.isWaiting) this.#reconnect.now();
    else if (this.#state === 'closed') {
      // One that is still closing is not waited for.
      this.#wire?.abandon();
      this.#connect();
    }
  }

  /** Ends it for good: no further attempt, and no timer. Throws where the platform refuses code or reason. */
  close(code = 1000, reason = ''): void {
    this.#wire?.close(code, reason);
    this.#isAway = false;
    this.#rest();
    if (this.#state !== 'closed') this.#finish('closed by you');
  }

  #connect(): void {
    const { protocols, WebSocket } = this.#options;
    this.#stopWaking ??= this.#watchPage();
    this.#isAway = false;
    this.#turn('connecting');
    if (this.#state !== 'connecting' || this.#hasWire) return;
    this.#reconnect?.began();
    const offered = hasSession(this.#options) ? [subprotocol, ...protocols] : [...protocols];
    this.#wire = new Wire(this.url, offered, WebSocket, {
      opened: () => {
        if (!hasSession(this.#options)) this.#ready(0);
        else this.#greet();
      },
      heard: (data) => {
        if (hasSession(this.#options)) this.#incoming.take(data);
        else this.tell('message', { data });
      },
      ended: (end) => {
        this.#ended(end);
      },
    });
  }

  #watchPage(): () => void {
    const { onWake, onLeave } = this.#options;
    const stopWaking = onWake(() => {
      this.probe();
    });
    const stopLeaving = onLeave(() => {
      this.#leave();
    });
    return () => {
      stopWaking();
      stopLeaving();
    };
  }

  /** The page is left. A socket that does not reconnect is left alone: the platform ends it, or keeps it. */
  #leave(): void {
    if (!this.#reconnect || !this.#wire || this.#state === 'closed') return;
    this.#isAway = true;
    this.#wire.leave('page left');
  }

  /** Says who we are, and where we stand. */
  #greet(): void {
    this.#incoming.greeted();
    const acknowledged = this.#outgoing.lastAcknowledged;
    this.#say({
      type: 'hello',
      session: this.session,
      ...(this.#options.resume && this.#incoming.position),
      ...(acknowledged > 0 && { acknowledged }),
    });
  }

  #ready(received: number): void {
    const isNew = !this.#isReady;
    if (isNew) {
      const attempt = this.#reconnect?.attempts ?? 0;
      this.#isReady = true;
      this.#reconnect?.opened();
      this.#heartbeat?.start();
      this.#turn('open');
      if (this.#state === 'open') this.tell('open', { attempt });
      if (this.#state !== 'open') return;
    }
    const done = isNew ? this.#outgoing.ready(received) : this.#outgoing.acknowledged(received);
    for (const { number } of done) this.tell('acknowledged', { number });
  }

  #ended(end: EventDetails['end']): void {
    this.#wire = undefined;
    this.#rest();
    this.tell('end', end);
    if (this.#state === 'closed' || this.#hasWire) return;
    if (this.#isAway) {
      this.#turn('waiting');
      return;
    }
    const next = this.#reconnect?.ended(end.code) ?? { final: 'reconnect is off' as const };
    if ('final' in next) {
      this.#finish(next.final);
      return;
    }
    this.#turn('waiting');
    if (this.#state !== 'waiting') return;
    this.tell('retry', { attempt: this.#reconnect?.attempts ?? 0, delayMs: next.delayMs });
  }

  #finish(why: EventDetails['final']['why']): void {
    this.#stopWaking?.();
    this.#stopWaking = undefined;
    this.#turn('closed');
    this.tell('final', { why });
  }

  /** Without an open connection there is no heartbeat, nothing to watch, and nobody waiting for it to open. */
  #rest(): void {
    this.#isReady = false;
    this.#reconnect?.stop();
    this.#heartbeat?.stop();
    this.#outgoing.stop();
  }

  #say(envelope: ClientEnvelope): void {
    this.#wire?.send(JSON.stringify(envelope));
  }

  #turn(state: State): void {
    this.#state = state;
    this.tell('state', { state });
  }
}
