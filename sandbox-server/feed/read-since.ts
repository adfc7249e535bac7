import { show } from '../../src/contract/result.ts';
import { refuse } from '../refusals.ts';

/**
 * Where a listener begins: after the message that it names, or with the next one if it names none. `field` is what it
 * named it in. Throws `SandboxError` where it is no number, or one from the future.
 */
export function readSince(given: string | null | undefined, lastId: number, field = 'since'): number {
  if (given === null || given === undefined) return lastId;
  const since = /^[0-9]{1,15}$/.test(given) ? Number(given) : Number.NaN;
  if (since <= lastId) return since;
  throw refuse.fieldRefused(
    field,
    `expected a number from 0 to ${String(lastId)}, the last message so far; got ${show(given)}`,
  );
}
