import { atom } from 'nanostores';
import { beatAndHope } from '../../../lessons/samples/beat-and-hope.js';
import type { Heartbeat } from '../../resilient-socket/heartbeat.ts';
import { onWake } from '../../resilient-socket/wake.ts';
import { createEchoSocket } from '../bench/echo-socket.ts';
import { beatOn } from './page-heartbeat.ts';

/** Which heartbeat the page runs. */
export type Way = 'found' | 'asks';

/** What the page's own heartbeat has done and found out on its connection. */
export interface OwnBeats {
  way: Way;
  /** Timers that beat now. */
  timers: number;
  answered: number;
  roundTripMs: number | undefined;
  /** It gave the connection up. */
  foundDead: boolean;
}

const none: OwnBeats = { way: 'asks', timers: 0, answered: 0, roundTripMs: undefined, foundDead: false };

/** How the page's own heartbeat does. */
export const $own = atom<OwnBeats>(none);

/** The page's own connection. */
export const ownSocket = createEchoSocket();

let heartbeat: Heartbeat | undefined;
let stopWaking: () => void = () => undefined;
/** The timers of the snippet as found, which keeps none of them. */
let foundTimers: number[] = [];

const note = (patch: Partial<OwnBeats>): void => {
  $own.set({ ...$own.get(), ...patch });
};

/** The platform's `setInterval`, but for who remembers the timer: the page has to be able to end it all. */
function keepTimer(run: () => void, milliseconds: number): number {
  const timer = window.setInterval(run, milliseconds);
  foundTimers.push(timer);
  return timer;
}

/** Opens a connection with a heartbeat; the one before is closed, and what the found snippet left behind goes on. */
export function connectWith(way: Way, echo: string, everyMs: number, deadlineMs: number): void {
  if (way === 'asks') letGo();
  else restHeartbeat();
  ownSocket.connect(echo);
  const witness = ownSocket.$witness.get();
  if (!witness) return;
  if (way === 'found') {
    $own.set({ ...none, way, timers: foundTimers.length });
    witness.socket.addEventListener('open', () => {
      // Its `socket` is whichever is the page's now.
      const page = { socket: { send: ownSocket.say } };
      beatAndHope(page, everyMs, keepTimer as typeof setInterval);
      note({ timers: foundTimers.length });
    });
    return;
  }
  $own.set({ ...none, timers: 1 });
  const beating = beatOn(
    witness,
    { everyMs, deadlineMs },
    {
      answered(roundTripMs) {
        note({ answered: $own.get().answered + 1, roundTripMs });
      },
      dead() {
        note({ foundDead: true });
        ownSocket.disconnect();
      },
    },
  );
  heartbeat = beating;
  stopWaking = onWake(() => {
    if (witness.socket.readyState === WebSocket.OPEN) beating.probe();
  });
  witness.socket.addEventListener('close', () => {
    if (heartbeat === beating) note({ timers: 0 });
  });
}

function restHeartbeat(): void {
  heartbeat?.stop();
  heartbeat = undefined;
  stopWaking();
}

/** Ends the connection and every timer. */
export function letGo(): void {
  restHeartbeat();
  for (const timer of foundTimers) clearInterval(timer);
  foundTimers = [];
  ownSocket.disconnect();
  note({ timers: 0 });
}
