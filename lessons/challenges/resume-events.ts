import { eventStreamsOf, type EventStream } from '../../src/derive/event-streams.ts';
import { idsOf } from '../../src/derive/stream-continuity.ts';
import type { Challenge, Verdict } from './challenge.ts';

/** How many events have to be heard before the break and after it. */
const eventsWanted = 3;

/** Goes away in the middle of a stream and comes back for what it has missed (HTML, “The Last-Event-ID header”). */
export const resumeEvents: Challenge = {
  id: 'resume-events',
  title: 'Come back and miss nothing',
  task: 'Receive three events of the feed, let the connection end, and come back with Last-Event-ID for three more, with none missing and none twice. A browser’s EventSource does this by itself; use a client that does not.',
  hints: [
    'A request with Accept: text/event-stream for /labs/<id>/feed/events is all it takes. curl -N shows each event as it comes.',
    'The id of the last event that you received goes into the Last-Event-ID field of the next request.',
    'lessons/samples/resume-events.mjs does just that. Give it the address of your lab’s feed.',
  ],
  judge(connections): Verdict {
    const streams = connections.flatMap(eventStreamsOf).toSorted((one, other) => one.askedAt - other.askedAt);
    const attempts = streams.flatMap((before) =>
      streams.filter((after) => comesBack(before, after)).map((after) => judgeAttempt(before, after)),
    );
    const best = attempts.toSorted((one, other) => one.missing.length - other.missing.length)[0];
    return best ?? { passed: false, seen: [], missing: [firstStep(streams)] };
  },
};

const comesBack = (before: EventStream, after: EventStream): boolean =>
  before.endedAt !== undefined && after.lastEventId !== undefined && after.askedAt >= before.endedAt;

function firstStep(streams: readonly EventStream[]): string {
  if (streams.length === 0) return 'Nobody has asked for the events of the feed yet.';
  if (!streams.some(({ endedAt }) => endedAt !== undefined)) {
    return 'An event stream is open; its connection has not ended yet.';
  }
  return 'An event stream has ended, but nobody has come back with Last-Event-ID yet.';
}

function judgeAttempt(before: EventStream, after: EventStream): Verdict {
  const seen: string[] = [];
  const missing: string[] = [];
  const first = idsOf(before);
  const second = idsOf(after);
  const had = `Connection ${String(before.conn)} brought ${count(first.length)}`;
  if (first.length >= eventsWanted) seen.push(`${had}, then it ended.`);
  else missing.push(`${had} before it ended; ${String(eventsWanted)} are needed.`);
  const named = `Connection ${String(after.conn)} named ${after.lastEventId ?? ''} in Last-Event-ID`;
  const last = first.at(-1);
  if (last !== undefined && after.lastEventId === String(last))
    seen.push(`${named}: the last event that had arrived.`);
  else missing.push(`${named}; the last event that had arrived is ${String(last ?? 'none')}.`);
  const expected = second.map((_, index) => (last ?? 0) + 1 + index);
  const isWhole = second.every((id, index) => id === expected[index]);
  if (!isWhole)
    missing.push(
      'What came next does not follow on from the last event: something is missing, or came twice.',
    );
  else if (second.length < eventsWanted) {
    missing.push(`It has brought ${count(second.length)} since; ${String(eventsWanted)} are needed.`);
  } else seen.push(`It went on with ${String(second[0])}, and nothing is missing.`);
  return { passed: missing.length === 0, seen, missing };
}

const count = (events: number): string => (events === 1 ? '1 event' : `${String(events)} events`);
