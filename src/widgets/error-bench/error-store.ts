import { atom } from 'nanostores';
import { readMessage } from '../../../lessons/samples/read-message.js';
import { perfectLink } from '../../contract/conditions.ts';
import type { ClientEvent } from '../../derive/client-event.ts';
import { changeConditions } from '../../lab/lab-client.ts';
import { socketAddress } from '../../lab/sandbox-origin.ts';
import { witnessSocket, type Witness } from '../../lab/witness.ts';
import { ResilientSocket } from '../../resilient-socket/resilient-socket.ts';
import { newMark } from '../bench/stream-mark.ts';
import { listenAsFound, type FoundTally } from './as-found.ts';
import { impose, quietStream, type Failure } from './failures.ts';

/** What is imposed is lifted after so long, and everything is over after so long, ms. */
const liftAfterMs = 14_000;
const overAfterMs = 30_000;
/** For so long is waited until both connections are open, ms. */
const openPatienceMs = 5000;

/** A failure that happens to two clients: a plain socket with the snippet as found, and one that comes back. */
export interface ErrorRun {
  failure: Failure;
  phase: 'opening' | 'failing' | 'over';
  /** The request-target of the plain one. */
  path: string;
  witness: Witness;
  found: FoundTally;
  /** What the other has lived through, and what its user therefore reads. */
  events: readonly ClientEvent[];
}

/** The run on the table, or the last one. */
export const $errorRun = atom<ErrorRun | undefined>(undefined);

/** Times in seconds, so that a learner sees it all: in life each is a multiple. */
const reconnect = { firstMs: 1000, baseMs: 1500, factor: 2, capMs: 5000, attemptMs: 3000 };
const heartbeat = { everyMs: 1000, deadlineMs: 1500 };

let client: ResilientSocket | undefined;
let timers: ReturnType<typeof setTimeout>[] = [];

/** Brings a failure about. Throws what the lab's client throws, or where no connection can be opened. */
export async function fail(failure: Failure, labId: string, completed: boolean): Promise<void> {
  stop();
  await changeConditions(labId, perfectLink);
  const isEarly = failure.act === undefined;
  if (isEarly) await impose(labId, failure);
  const base = `/labs/${labId}/${failure.service ?? quietStream}`;
  const path = `${base}&mark=${newMark()}`;
  const offered = failure.id === 'subprotocol' ? ['chat.v1'] : [];
  const witness = witnessSocket(socketAddress(path), offered, (changed) => {
    update({ witness: changed }, path);
  });
  $errorRun.set({
    failure,
    phase: isEarly ? 'failing' : 'opening',
    path,
    witness,
    found: { notices: [], threw: [] },
    events: [],
  });
  listenAsFound(witness.socket, completed, (found) => {
    update({ found }, path);
  });
  const mine = startClient(socketAddress(`${base}&mark=${newMark()}`), path);
  timers = [
    setTimeout(() => void lift(labId).catch(() => undefined), liftAfterMs),
    setTimeout(stop, overAfterMs),
  ];
  if (isEarly) return;
  const isOpen = await bothOpen(witness.socket, mine);
  // Another has taken its place, or it was stopped: nobody waits for it.
  if (client !== mine) return;
  if (!isOpen) {
    stop();
    throw new Error('No connection could be opened: is the sandbox running?');
  }
  update({ phase: 'failing' }, path);
  await impose(labId, failure);
  await failure.act?.({
    labId,
    send(text) {
      if (witness.socket.readyState === WebSocket.OPEN) witness.socket.send(text);
      mine.send(text);
    },
  });
}

/** Takes away what is imposed. Throws what the lab's client throws. */
export const lift = (labId: string): Promise<unknown> => changeConditions(labId, perfectLink);

/** The user has pressed the button of the notice. */
export function pressed(): void {
  client?.reconnect();
}

/** Ends the run: lets go of both connections. */
export function stop(): void {
  for (const timer of timers) clearTimeout(timer);
  const last = client;
  client = undefined;
  const run = $errorRun.get();
  if (run && run.phase !== 'over') $errorRun.set({ ...run, phase: 'over' });
  last?.close();
  run?.witness.socket.close();
}

/** Changes the run of this path, if it is the one on the table. */
function update(changed: Partial<ErrorRun>, path: string): void {
  const run = $errorRun.get();
  if (run?.path === path && run.phase !== 'over') $errorRun.set({ ...run, ...changed });
}

function startClient(address: string, path: string): ResilientSocket {
  const events: ClientEvent[] = [{ at: performance.now(), what: 'connecting' }];
  const mine = new ResilientSocket(address, { reconnect, heartbeat });
  client = mine;
  const note = (event: ClientEvent): void => {
    events.push(event);
    update({ events: [...events] }, path);
  };
  const now = (): number => performance.now();
  mine.on('state', ({ state }) => {
    if (state === 'connecting') note({ at: now(), what: 'connecting' });
  });
  mine.on('open', () => {
    note({ at: now(), what: 'open' });
  });
  mine.on('end', ({ code }) => {
    note({ at: now(), what: 'end', code });
  });
  mine.on('retry', ({ delayMs }) => {
    note({ at: now(), what: 'retry', delayMs });
  });
  mine.on('final', () => {
    note({ at: now(), what: 'final' });
  });
  mine.on('dead', () => {
    note({ at: now(), what: 'dead' });
  });
  mine.on('beat', ({ roundTripMs }) => {
    note({ at: now(), what: 'beat', roundTripMs });
  });
  mine.on('message', ({ data, offset }) => {
    // What has an offset is the stream's own text.
    if (offset === undefined && 'problem' in readMessage(data)) note({ at: now(), what: 'unreadable' });
  });
  update({ events: [...events] }, path);
  return mine;
}

/** Whether both are open in time. */
async function bothOpen(socket: WebSocket, mine: ResilientSocket): Promise<boolean> {
  const plain = new Promise<void>((resolve) => {
    if (socket.readyState === WebSocket.OPEN) resolve();
    else
      socket.addEventListener('open', () => {
        resolve();
      });
  });
  const resilient = new Promise<void>((resolve) => {
    mine.on('open', () => {
      resolve();
    });
  });
  const late = new Promise<false>((resolve) => {
    setTimeout(() => {
      resolve(false);
    }, openPatienceMs);
  });
  return await Promise.race([Promise.all([plain, resilient]).then(() => true), late]);
}
