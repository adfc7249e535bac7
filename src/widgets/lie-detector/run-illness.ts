import { blockThePage } from '../../../lessons/samples/block-the-page.js';
import {
  bytesPerMinute,
  judgeLiveness,
  tcpProbeBytes,
  type Layer,
  type LivenessVerdict,
} from '../../derive/liveness.ts';
import { changeConditions } from '../../lab/lab-client.ts';
import type { Illness } from './illnesses.ts';
import { clockOf, openPatients, type Patient } from './patients.ts';

/** What one layer made of one illness, as measured. */
export interface Cell extends LivenessVerdict {
  /** Bytes that it puts on the wire in a minute while all is well; computed for TCP's, counted for the others. */
  bytesPerMinute: number | undefined;
}

/** One illness as measured. */
export interface Diagnosis {
  cells: Readonly<Record<Layer, Cell>>;
  /** How long the illness was looked at, ms. */
  lastedMs: number;
  /** How often each layer asked, and how long it waited, ms. */
  everyMs: number;
}

/** What a run tells while it goes on, and when to give it up. */
export interface RunWatch {
  signal: AbortSignal;
  phase: (words: string) => void;
}

/** How many questions long it is looked at before, and during the illness. */
const healthyBeats = 2.4;
const illBeats = 4;
/** The page hangs for so many questions. */
const hangBeats = 3.5;
/** How long the last events of the wire log take to get here, ms. */
const settleMs = 250;

/**
 * Lets an illness befall four connections at once, each watched by one layer, and answers what each made of it.
 * `undefined` where it was stopped. It leaves no connection and no condition behind. Throws where no connection opens.
 */
export async function runIllness(
  illness: Illness,
  lab: { id: string; echo: string },
  everyMs: number,
  { signal, phase }: RunWatch,
): Promise<Diagnosis | undefined> {
  phase('Connecting, four times');
  const patients = await openPatients(lab.echo, everyMs);
  try {
    phase('All is well: each heartbeat beats');
    await after(everyMs * healthyBeats, signal);
    const { from, to } = await fallIll(illness, lab.id, everyMs, { signal, phase });
    // Before the conditions are undone: what a thaw sets free is nobody's notice.
    await after(settleMs, new AbortController().signal);
    return signal.aborted ? undefined : diagnose(patients, from, to, everyMs);
  } finally {
    for (const patient of patients) patient.end();
    if (illness.undo) await changeConditions(lab.id, illness.undo);
  }
}

/** Makes the illness, and answers from when to when it lasted, by `performance.now()`. */
async function fallIll(
  illness: Illness,
  labId: string,
  everyMs: number,
  { signal, phase }: RunWatch,
): Promise<{ from: number; to: number }> {
  const seconds = (beats: number): string => `${String(Math.round((beats * everyMs) / 100) / 10)} s`;
  if (illness.id === 'hidden') return hide(phase, signal);
  let from = performance.now();
  if (illness.id === 'hang') {
    phase(`This page hangs for ${seconds(hangBeats)}`);
    // The words have to be on the screen before nothing can be drawn any more.
    await after(100, signal);
    from = performance.now();
    if (!signal.aborted) blockThePage(hangBeats * everyMs);
    const to = performance.now();
    return { from, to };
  }
  phase(`${illness.label}: ${seconds(illBeats)} of it`);
  if (illness.conditions && !signal.aborted) {
    await changeConditions(labId, illness.conditions);
    from = performance.now();
  }
  await after(illBeats * everyMs, signal);
  return { from, to: performance.now() };
}

/** Waits until the tab was hidden and is looked at again. */
async function hide(
  phase: (words: string) => void,
  signal: AbortSignal,
): Promise<{ from: number; to: number }> {
  phase('Now look at another tab, and come back after ten seconds or more');
  await visibility('hidden', signal);
  const from = performance.now();
  phase('This tab is hidden');
  await visibility('visible', signal);
  return { from, to: performance.now() };
}

function visibility(wanted: DocumentVisibilityState, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (document.visibilityState !== wanted && !signal.aborted) return;
      document.removeEventListener('visibilitychange', look);
      signal.removeEventListener('abort', look);
      resolve();
    };
    document.addEventListener('visibilitychange', look);
    signal.addEventListener('abort', look);
    look();
  });
}

function diagnose(patients: readonly Patient[], from: number, to: number, everyMs: number): Diagnosis {
  const clock = clockOf(patients);
  if (clock === undefined) {
    throw new Error('The wire log did not tell enough to align the clocks. Run it once more.');
  }
  const observed = { illFrom: from + clock, to: to + clock };
  const cells = patients.map(({ layer, connection, gaveUpAt }): [Layer, Cell] => {
    const log = connection();
    if (!log) throw new Error('A connection is missing in the wire log. Run it once more.');
    const verdict = judgeLiveness(
      layer,
      log,
      observed,
      gaveUpAt === undefined ? undefined : gaveUpAt + clock,
    );
    const perBeat = layer === 'tcp' ? tcpProbeBytes : verdict.bytesPerBeat;
    const beatMs = layer === 'tcp' ? Math.max(1000, everyMs) : everyMs;
    return [
      layer,
      { ...verdict, bytesPerMinute: perBeat === undefined ? undefined : bytesPerMinute(perBeat, beatMs) },
    ];
  });
  return { cells: Object.fromEntries(cells) as Record<Layer, Cell>, lastedMs: to - from, everyMs };
}

/** Waits; no longer than until it is stopped. */
function after(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    if (signal.aborted) end();
    else signal.addEventListener('abort', end);
  });
}
