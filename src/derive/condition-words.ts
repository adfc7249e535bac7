import { perfectLink, type Conditions, type Direction } from '../contract/conditions.ts';
import type { Fault } from '../contract/fault-script.ts';

/** What is imposed in a sentence: `Perfect link`, or `Imposed: 200-250 ms each way, 2 % loss`. */
export function conditionsSentence(conditions: Conditions): string {
  const phrases = imposedPhrases(conditions);
  return phrases.length === 0 ? 'Perfect link' : `Imposed: ${phrases.join(', ')}`;
}

/**
 * What is imposed, a phrase each; none on a perfect link. What has no effect is not named: a direction where nothing is
 * done to bytes, what an idle time-out would do where there is none.
 */
export function imposedPhrases(conditions: Conditions): string[] {
  const phrases = [
    ...onTheWay(conditions),
    ...silence(conditions),
    ...ends(conditions),
    ...messages(conditions),
  ];
  const { probability } = conditions;
  if (phrases.length > 0 && probability < 1) phrases.push(`on ${percent(probability)} of connections`);
  return phrases;
}

/** What a step of a fault script does, in words. */
export function faultWords(fault: Fault): string {
  if ('conditions' in fault) {
    const phrases = imposedPhrases({ ...perfectLink, ...fault.conditions });
    return phrases.length === 0 ? 'perfect link' : phrases.join(', ');
  }
  if ('cut' in fault) {
    const { how, code } = fault.cut;
    if (how === 'close') return `the server closes${code === undefined ? '' : ` with ${String(code)}`}`;
    return how === 'terminate' ? 'the server lets go of TCP' : `cut with ${how.toUpperCase()}`;
  }
  if ('restart' in fault) {
    const { code = 1012, overMs = 0, downMs = 3000 } = fault.restart;
    const spread = overMs === 0 ? '' : ` over ${waitWords(overMs)}`;
    const how = code === null ? 'the server is killed' : `restart with ${String(code)}`;
    return `${how}${spread}, ${downWords(downMs)}`;
  }
  const { what, from } = fault.message;
  return `${what} the next message of the ${from}`;
}

/** How long a server that restarts is down, in words. */
export const downWords = (downMs: number | null): string =>
  downMs === null ? 'another server is up' : `down for ${waitWords(downMs)}`;

/** A time as a person sets it: `200 ms`, `1.5 s`, `10 min`. */
export function waitWords(milliseconds: number): string {
  if (milliseconds < 1000) return `${short(milliseconds)} ms`;
  if (milliseconds < 120_000) return `${short(milliseconds / 1000)} s`;
  return `${short(milliseconds / 60_000)} min`;
}

const short = (value: number): string => String(Math.round(value * 10) / 10);
const count = (value: number): string => value.toLocaleString('en');
const bytes = (value: number): string => (value === 1 ? '1 byte' : `${count(value)} bytes`);
const percent = (share: number): string => `${short(share * 100)} %`;
const whose = (direction: Direction): string =>
  direction === 'client' ? 'client’s' : direction === 'server' ? 'server’s' : '';

function onTheWay(conditions: Conditions): string[] {
  const { latencyMs, jitterMs, bytesPerSecond, lossPercent, sliceBytes, cutAfterBytes, cutHow, direction } =
    conditions;
  const phrases: string[] = [];
  const way = direction === 'both' ? 'each way' : 'on the way';
  if (latencyMs > 0) phrases.push(`${range(latencyMs, latencyMs + jitterMs)} ${way}`);
  else if (jitterMs > 0) phrases.push(`up to ${waitWords(jitterMs)} ${way}`);
  if (bytesPerSecond > 0) phrases.push(`${bytes(bytesPerSecond)}/s`);
  if (lossPercent > 0) phrases.push(`${short(lossPercent)} % loss`);
  if (sliceBytes > 0) phrases.push(`pieces of ${bytes(sliceBytes)}`);
  if (cutAfterBytes > 0) phrases.push(`${cutHow.toUpperCase()} after ${bytes(cutAfterBytes)}`);
  if (direction === 'both' || phrases.length === 0) return phrases;
  return [`${whose(direction)} bytes: ${phrases.join(', ')}`];
}

/** `200-250 ms`, in the unit of the larger one. */
function range(least: number, most: number): string {
  if (least === most) return waitWords(least);
  return most < 1000 ? `${short(least)}-${short(most)} ms` : `${waitWords(least)} to ${waitWords(most)}`;
}

function silence({ frozen, idleTimeoutMs, idleAction }: Conditions): string[] {
  const phrases: string[] = [];
  if (frozen === 'both') phrases.push('frozen');
  else if (frozen !== 'no') phrases.push(`${whose(frozen)} bytes frozen`);
  if (idleTimeoutMs > 0) {
    const then = idleAction === 'drop' ? 'forgotten' : idleAction.toUpperCase();
    phrases.push(`idle ${waitWords(idleTimeoutMs)} → ${then}`);
  }
  return phrases;
}

function ends({ slowCloseMs, upgrade, accept, acceptPerSecond }: Conditions): string[] {
  const phrases: string[] = [];
  if (slowCloseMs > 0) phrases.push(`FIN ${waitWords(slowCloseMs)} late`);
  if (upgrade !== 'pass') phrases.push(upgrade === 'strip' ? 'Upgrade stripped' : 'Upgrade refused');
  if (!accept) phrases.push('server down');
  if (acceptPerSecond > 0) phrases.push(`${short(acceptPerSecond)} handshakes/s`);
  return phrases;
}

function messages(conditions: Conditions): string[] {
  const { dropMessages, duplicateMessages, reorderMessages, messageDirection } = conditions;
  const of = messageDirection === 'both' ? 'messages' : `${whose(messageDirection)} messages`;
  const phrases: string[] = [];
  if (dropMessages > 0) phrases.push(`${percent(dropMessages)} of ${of} dropped`);
  if (duplicateMessages > 0) phrases.push(`${percent(duplicateMessages)} of ${of} doubled`);
  if (reorderMessages > 0) phrases.push(`${percent(reorderMessages)} of ${of} overtaken`);
  return phrases;
}
