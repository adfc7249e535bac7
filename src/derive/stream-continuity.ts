import type { EventStream } from './event-streams.ts';

/** A client came back: a stream began that named the last event of one that had ended. */
export interface Return {
  from: EventStream;
  to: EventStream;
  /** From the end of the one to the request for the next, ms. */
  awayMs: number;
}

/** What the streams of one client brought, taken together. */
export interface Continuity {
  /** Events with a number for an id, in the order in which they came. */
  ids: readonly number[];
  /** How many ids between the first and the last never came. */
  missing: number;
  /** How many came again. */
  doubled: number;
  returns: readonly Return[];
}

/** Takes the streams of one client together, in the order of their requests. */
export function continuityOf(streams: readonly EventStream[]): Continuity {
  const ids = streams.flatMap(idsOf);
  const distinct = new Set(ids);
  const span = ids.length === 0 ? 0 : highest(ids) - lowest(ids) + 1;
  const returns = streams.slice(1).flatMap((to, index): Return[] => {
    const from = streams[index];
    if (from?.endedAt === undefined || to.lastEventId === undefined) return [];
    return to.lastEventId === from.nextLastEventId ? [{ from, to, awayMs: to.askedAt - from.endedAt }] : [];
  });
  return { ids, missing: span - distinct.size, doubled: ids.length - distinct.size, returns };
}

/** The ids of a stream's events, as far as they are whole numbers: those of the sandbox's feed are. */
export const idsOf = ({ events }: EventStream): number[] =>
  events
    .filter(({ type, lastEventId }) => type === 'message' && /^[0-9]{1,15}$/.test(lastEventId))
    .map(({ lastEventId }) => Number(lastEventId));

const highest = (ids: readonly number[]): number => ids.reduce((one, other) => Math.max(one, other));
const lowest = (ids: readonly number[]): number => ids.reduce((one, other) => Math.min(one, other));
