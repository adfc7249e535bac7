import { atom } from 'nanostores';
import { keepAlive } from '../../../lessons/samples/keep-alive.js';
import { perfectLink } from '../../contract/conditions.ts';
import { changeConditions } from '../../lab/lab-client.ts';
import { createEchoSocket } from '../bench/echo-socket.ts';
import type { Experiment } from './experiments.ts';

/** The page's own connection. */
export const middleSocket = createEchoSocket();

/** What the heartbeat of the page is about: how often, and how long it waits for an answer, ms; 0: none. */
export const $heartbeat = atom(0);
const patienceMs = 1000;

/** What the heartbeat has found out: for how long nothing had come, ms. */
export const $foundDeadAfter = atom<number | undefined>(undefined);

let stopBeating: () => void = () => undefined;

/** Puts an experiment in the way of a new connection. Throws what the lab's client throws. */
export async function connectThrough(labId: string, echo: string, experiment: Experiment): Promise<void> {
  stopBeating();
  stopBurst();
  $foundDeadAfter.set(undefined);
  const impose = { ...perfectLink, ...experiment.impose };
  await changeConditions(labId, experiment.onceOpen ? perfectLink : impose);
  middleSocket.connect(echo);
  if (experiment.onceOpen) {
    await opened();
    await changeConditions(labId, impose);
  }
}

/** Once the connection is open, or is not to be any more. */
function opened(): Promise<void> {
  return new Promise((resolve) => {
    const stop = middleSocket.$witness.subscribe((witness) => {
      if (!witness || witness.socket.readyState === WebSocket.CONNECTING) return;
      resolve();
      queueMicrotask(() => {
        stop();
      });
    });
  });
}

/** Takes everything out of the way. */
export const lift = (labId: string): Promise<unknown> => changeConditions(labId, perfectLink);

/** Sets how often the page sends a heartbeat, ms; 0: never. Holds for the connection that is open, too. */
export function beat(everyMs: number): void {
  $heartbeat.set(everyMs);
  beginBeating();
}

function beginBeating(): void {
  stopBeating();
  const witness = middleSocket.$witness.get();
  const everyMs = $heartbeat.get();
  if (everyMs === 0 || witness?.socket.readyState !== WebSocket.OPEN) return;
  const { socket } = witness;
  const seen = {
    send: (text: string) => {
      if (socket.readyState === WebSocket.OPEN) witness.send(text);
    },
    addEventListener: socket.addEventListener.bind(socket),
  };
  stopBeating = keepAlive(seen, {
    everyMs,
    patienceMs,
    onSilence: (silentMs: number) => {
      $foundDeadAfter.set(silentMs);
      witness.close(4000, 'silent');
    },
  });
}

// A heartbeat that is set before the connection is open begins with it.
let beating: WebSocket | undefined;
middleSocket.$witness.listen((witness) => {
  if (!witness || witness.socket === beating || witness.socket.readyState !== WebSocket.OPEN) return;
  beating = witness.socket;
  beginBeating();
});

/** How many messages a burst has, and how far they are apart, ms. */
export const burstCount = 20;
export const burstEveryMs = 50;
let burst: ReturnType<typeof setInterval> | undefined;

const stopBurst = (): void => {
  clearInterval(burst);
};

/** Sends messages at an even pace. */
export function sendBurst(): void {
  stopBurst();
  let sent = 0;
  burst = setInterval(() => {
    middleSocket.say(`message ${String(++sent)} of ${String(burstCount)}`);
    if (sent === burstCount) stopBurst();
  }, burstEveryMs);
}

/** The bench has gone. */
export function letGo(): void {
  stopBeating();
  stopBurst();
  middleSocket.disconnect();
}
