import { parseConditionsPatch, type Conditions } from './conditions.ts';
import { parseCut, type Cut } from './cut.ts';
import { faultPresets } from './fault-presets.ts';
import { parseMessageFault, type MessageFault } from './message-fault.ts';
import { parseRestart, plainRestart, type Restart } from './restart.ts';
import { accepted, isRecord, refused, show, type Parsed } from './result.ts';

/** What a step does: exactly one of these. */
export type Fault =
  | { conditions: Partial<Conditions> }
  | { cut: Cut }
  | { restart: Partial<Restart> }
  | { message: MessageFault };

/** One step of a fault script. */
export interface FaultStep {
  /** When, in ms since the script began. */
  at: number;
  what: Fault;
  /** How long conditions hold, ms; to the script's end where it is absent. Goes with conditions only. */
  for?: number;
}

/** A timeline of faults. Where steps overlap, the later one in the list wins. At its end all is as before. */
export interface FaultScript {
  name: string;
  steps: readonly FaultStep[];
}

/** Most steps of a script, and how long it may run, ms. */
const maxSteps = 100;
const maxScriptMs = 3_600_000;

/** How long a script runs, ms: until the last of its steps is over. */
export const durationOf = ({ steps }: FaultScript): number =>
  Math.max(0, ...steps.map((step) => step.at + ownLengthOf(step)));

/** How long a step takes by itself, ms: conditions their time, a restart until the server is back. */
export function ownLengthOf({ what, for: duration = 0 }: FaultStep): number {
  if (!('restart' in what)) return duration;
  const { overMs, downMs } = { ...plainRestart, ...what.restart };
  return overMs + (downMs ?? 0);
}

/** What a script makes of conditions after so many ms. */
export function conditionsAt(script: FaultScript, elapsedMs: number, base: Conditions): Conditions {
  const end = durationOf(script);
  if (elapsedMs >= end) return base;
  let conditions = base;
  for (const { at, what, for: duration } of script.steps) {
    const until = duration === undefined ? end : at + duration;
    if ('conditions' in what && at <= elapsedMs && elapsedMs < until) {
      conditions = { ...conditions, ...what.conditions };
    }
  }
  return conditions;
}

/** The moments at which conditions change, or may, in ms since the script began, in order, each once. */
export function turningPoints(script: FaultScript): number[] {
  const moments = new Set([durationOf(script)]);
  for (const { at, what, for: duration } of script.steps) {
    if (!('conditions' in what)) continue;
    moments.add(at);
    if (duration !== undefined) moments.add(at + duration);
  }
  return [...moments].sort((one, other) => one - other);
}

/** Reads the body of `POST /labs/<id>/script`: `{"preset":"train-tunnel"}`, or `{"name"?, "steps":[…]}`. */
export function parseFaultScript(body: unknown): Parsed<FaultScript> {
  if (!isRecord(body)) return refused('body', `expected a JSON object, got ${show(body)}`);
  const { preset, name = 'my script', steps, ...unknown } = body;
  const [stranger] = Object.keys(unknown);
  if (stranger !== undefined)
    return refused(stranger, 'unknown field; the known ones are preset, name, steps');
  if (preset !== undefined) {
    const found =
      typeof preset === 'string' && Object.hasOwn(faultPresets, preset) ? faultPresets[preset] : undefined;
    if (!found)
      return refused(
        'preset',
        `expected one of ${Object.keys(faultPresets).join(', ')}, got ${show(preset)}`,
      );
    if (steps !== undefined) return refused('steps', 'allowed only without a preset');
    return accepted(found);
  }
  if (typeof name !== 'string' || name.length > 60) {
    return refused('name', `expected a text of at most 60 characters, got ${show(name)}`);
  }
  if (!Array.isArray(steps) || steps.length === 0 || steps.length > maxSteps) {
    return refused('steps', `expected a list of 1 to ${String(maxSteps)} steps, got ${show(steps)}`);
  }
  const read: FaultStep[] = [];
  for (const [index, step] of steps.entries()) {
    const parsed = parseStep(step);
    if (!parsed.ok) return refused(below(`steps[${String(index)}]`, parsed.field), parsed.message);
    read.push(parsed.value);
  }
  return accepted({ name, steps: read });
}

/** The name of a field below another; of the other itself where it has none. */
const below = (parent: string, field: string): string => (field === '' ? parent : `${parent}.${field}`);

function parseStep(step: unknown): Parsed<FaultStep> {
  if (!isRecord(step)) return refused('', `expected {"at", "what", "for"?}, got ${show(step)}`);
  const { at, what, for: duration, ...unknown } = step;
  const [stranger] = Object.keys(unknown);
  if (stranger !== undefined) return refused(stranger, 'unknown field; the known ones are at, what, for');
  if (!isMoment(at)) return refused('at', `expected ms from 0 to ${String(maxScriptMs)}, got ${show(at)}`);
  const fault = parseFault(what);
  if (!fault.ok) return refused(below('what', fault.field), fault.message);
  if (duration === undefined) return accepted({ at, what: fault.value });
  if (!('conditions' in fault.value))
    return refused('for', 'allowed only with conditions: the others happen at once');
  if (!isMoment(duration) || at + duration > maxScriptMs) {
    return refused(
      'for',
      `expected ms, with the end no later than ${String(maxScriptMs)}, got ${show(duration)}`,
    );
  }
  return accepted({ at, what: fault.value, for: duration });
}

const isMoment = (value: unknown): value is number =>
  typeof value === 'number' && value >= 0 && value <= maxScriptMs;

const readers: Record<string, (value: unknown) => Parsed<unknown>> = {
  conditions: parseConditionsPatch,
  cut: parseCut,
  restart: parseRestart,
  message: parseMessageFault,
};

function parseFault(what: unknown): Parsed<Fault> {
  const [kind, ...others] = isRecord(what) ? Object.keys(what) : [];
  const reader = kind !== undefined && Object.hasOwn(readers, kind) ? readers[kind] : undefined;
  if (kind === undefined || !reader || others.length > 0 || !isRecord(what)) {
    return refused(
      '',
      `expected an object with one of ${Object.keys(readers).join(', ')}, got ${show(what)}`,
    );
  }
  const parsed = reader(what[kind]);
  if (!parsed.ok) return refused(`${kind}.${parsed.field}`, parsed.message);
  // The reader of a kind answers that kind's value.
  return accepted({ [kind]: parsed.value } as unknown as Fault);
}
