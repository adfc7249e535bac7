import { systemClock, type Clock } from './clock.ts';
import type { HeartbeatOptions } from './heartbeat.ts';
import type { OutgoingOptions } from './outgoing.ts';
import type { ReconnectOptions } from './reconnect.ts';
import { onLeave, onWake } from './wake.ts';
import type { WebSocketMaker } from './websocket-like.ts';

/** How a resilient socket behaves. Each part can be switched off with `false`. */
export interface ResilientSocketOptions extends OutgoingOptions {
  /** Subprotocols to offer, beside that of the envelopes where it speaks those. */
  protocols: readonly string[];
  reconnect: Partial<ReconnectOptions> | false;
  heartbeat: Partial<HeartbeatOptions> | false;
  /** Goes on in the server's stream where the last connection ended. */
  resume: boolean;
  /** Passes over messages that were applied before. */
  dedupe: boolean;
  /** The class of the sockets: the platform's where there is one. */
  WebSocket: WebSocketMaker;
  clock: Clock;
  /** From 0 up to 1. */
  random: () => number;
  /** Tells when the page or the network is back; answers how to stop that. */
  onWake: (wake: () => void) => () => void;
  /** Tells when the page is left: the connection is closed, and sought again at the next wake. Answers how to stop that. */
  onLeave: (leave: () => void) => () => void;
}

/** Everything on, but for what needs a server that speaks of acknowledgements and offsets. */
export function defaultOptions(): ResilientSocketOptions {
  return {
    protocols: [],
    reconnect: {},
    heartbeat: false,
    queue: {},
    acknowledgement: false,
    backPressure: {},
    resume: false,
    dedupe: false,
    WebSocket: globalThis.WebSocket,
    clock: systemClock,
    random: Math.random,
    onWake: (wake) => onWake(wake),
    onLeave: (leave) => onLeave(leave),
  };
}

/** Whether a part is on that needs the server to speak of sessions, acknowledgements and offsets. */
export const hasSession = ({ heartbeat, acknowledgement, resume, dedupe }: ResilientSocketOptions): boolean =>
  heartbeat !== false || acknowledgement !== false || resume || dedupe;
