import { atom } from 'nanostores';
import { perfectLink } from '../../contract/conditions.ts';
import { changeConditions, cut } from '../../lab/lab-client.ts';
import { socketAddress } from '../../lab/sandbox-origin.ts';
import { $session } from '../../lab/session-store.ts';
import { newMark } from '../bench/stream-mark.ts';
import { startSender, type Sender, type SendTally } from './sender.ts';
import type { SendWay } from './send-ways.ts';

/** What the link lets pass of the client's bytes in a second: the upload of a phone far from its mast. */
const thinBytesPerSecond = 262_144;
/** For so long messages are made, and for so long it is looked what becomes of them, ms. */
const makeMs = 8000;
const lookMs = 40_000;
const lookEveryMs = 100;

/** What was read off the socket at a moment. */
export interface Sample {
  /** Seconds since the run began. */
  seconds: number;
  bytes: number;
}

/** A run of the sender. */
export interface SendRun {
  way: SendWay;
  /** The request-target of its connection. */
  path: string;
  phase: 'opening' | 'making' | 'resting' | 'over';
  tally: SendTally;
  bufferedAmount: number;
  peakBytes: number;
  samples: readonly Sample[];
  /** bufferedAmount when the socket was hung up: bytes that nobody will ever send. */
  leftBehind: number | undefined;
}

/** The run on the table, or the last one. */
export const $sendRun = atom<SendRun | undefined>(undefined);

let sender: Sender | undefined;
let timer: ReturnType<typeof setInterval> | undefined;

/** Makes the link thin, connects, and sends in this way. Throws what the lab's client throws. */
export async function sendIn(way: SendWay, labId: string, stream: string): Promise<void> {
  await hangUp(labId);
  await changeConditions(labId, {
    ...perfectLink,
    bytesPerSecond: thinBytesPerSecond,
    direction: 'client',
  });
  const path = `${stream}?every=1000&mark=${newMark()}`;
  const current = startSender(socketAddress(path), way);
  sender = current;
  const run: SendRun = {
    way,
    path,
    phase: 'opening',
    tally: current.tally,
    bufferedAmount: 0,
    peakBytes: 0,
    samples: [],
    leftBehind: undefined,
  };
  $sendRun.set(run);
  current.socket.addEventListener('open', () => {
    if (sender === current) watch(current, run);
  });
  current.socket.addEventListener('close', () => {
    if (sender === current) end(run, current);
  });
}

function watch(current: Sender, run: SendRun): void {
  const began = performance.now();
  clearInterval(timer);
  run.phase = 'making';
  timer = setInterval(() => {
    const elapsed = performance.now() - began;
    if (elapsed > makeMs) {
      current.rest();
      run.phase = 'resting';
    }
    look(run, current, elapsed);
    const isEmpty = run.bufferedAmount === 0 && run.tally.waiting === 0;
    if (elapsed > lookMs || (run.phase === 'resting' && isEmpty)) clearInterval(timer);
  }, lookEveryMs);
}

function look(run: SendRun, { socket, tally }: Sender, elapsed: number): void {
  const { bufferedAmount } = socket;
  run.bufferedAmount = bufferedAmount;
  run.peakBytes = Math.max(run.peakBytes, bufferedAmount);
  run.tally = { ...tally };
  run.samples = [...run.samples, { seconds: elapsed / 1000, bytes: bufferedAmount }];
  $sendRun.set({ ...run });
}

function end(run: SendRun, current: Sender): void {
  clearInterval(timer);
  current.rest();
  run.phase = 'over';
  run.tally = { ...current.tally };
  run.leftBehind ??= run.bufferedAmount;
  $sendRun.set({ ...run });
}

/** Ends the run, at once: close() alone would wait behind all that is buffered. */
export async function hangUp(labId: string): Promise<void> {
  const current = sender;
  const run = $sendRun.get();
  if (!current || !run || run.phase === 'over') return;
  // Whatever comes of it, this socket is not looked at any more.
  const left = current.socket.bufferedAmount;
  current.close();
  clearInterval(timer);
  sender = undefined;
  end({ ...run, leftBehind: left, bufferedAmount: left }, current);
  const conn = $session.get().log.connections.find(({ path }) => path === run.path)?.conn;
  // It may have ended meanwhile: that is as well.
  if (conn !== undefined) await cut(labId, { how: 'rst', connection: conn }).catch(() => undefined);
}

/** The bench has gone: nobody is there to hang up for. */
export function dropSender(): void {
  clearInterval(timer);
  sender?.close();
  sender = undefined;
}
