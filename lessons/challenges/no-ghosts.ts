import type { Connection } from '../../src/derive/connection.ts';
import { memberSockets, type MemberSocket } from '../../src/derive/member-sockets.ts';
import { Opcode } from '../../src/protocol/opcode.ts';
import type { Challenge, Verdict } from './challenge.ts';

/** A socket may be opened so long before the Close of the last one is on the wire, ms: the two race. */
const raceMs = 250;
/** Within so long somebody who was left would be back, ms. */
const ghostMs = 3000;

/** Three users in a row on one component, each with one socket. */
export const noGhosts: Challenge = {
  id: 'no-ghosts',
  title: 'Three users, no ghost',
  task: 'Bring three users into the chat one after another, each on exactly one socket: each says goodbye before the next one joins, and nobody comes back. After three seconds, the third user says something.',
  hints: [
    'The mounted component keeps running while you read this: change userId in the other tab.',
    'With the code as found on the web, a user whose socket was closed is back after a second. Count the sockets after you change userId.',
    'With the hook: mount it as ada, change to bob, then to cyd; wait three seconds, and send a message.',
  ],
  judge(connections): Verdict {
    const sockets = memberSockets(connections).filter(({ state }) => state !== 'refused');
    const said = (conn: number): number => lastText(connections.find((one) => one.conn === conn));
    const attempts = sockets.map((_, index) => attempt(sockets, index, said));
    const best = attempts.toSorted((one, other) => other.seen.length - one.seen.length)[0];
    return best ?? { passed: false, seen: [], missing: ['Nobody has joined the chat yet.'] };
  },
};

/** How far the three sockets from this one on have come. */
function attempt(sockets: readonly MemberSocket[], index: number, said: (conn: number) => number): Verdict {
  const three = sockets.slice(index, index + 3);
  const [first, second, third] = three;
  const seen: string[] = [];
  const fail = (sentence: string): Verdict => ({ passed: false, seen, missing: [sentence] });
  if (!first || !second || !third) return fail(`${String(three.length)} of 3 users have joined, one by one.`);
  const names = three.map(({ name }) => name ?? '?');
  if (new Set(names).size < 3) {
    return fail(`${names.join(', ')}: one of them has joined twice within three sockets.`);
  }
  seen.push(`${names.join(', ')} have joined, one by one.`);
  const isOrderly = (one: MemberSocket, next: MemberSocket): boolean =>
    one.leftAt !== undefined && one.leftAt <= next.openedAt + raceMs;
  if (!isOrderly(first, second) || !isOrderly(second, third)) {
    return fail('One of them had not said goodbye when the next one joined.');
  }
  seen.push('Each said goodbye before the next one joined.');
  const ghost = sockets
    .slice(index + 3)
    .find(({ openedAt, name }) => openedAt < third.openedAt + ghostMs && names.includes(name ?? '?'));
  if (ghost) return fail(`${ghost.name ?? '?'} came back.`);
  if (said(third.conn) < third.openedAt + ghostMs) {
    return fail('The third user has not said anything after the three seconds yet.');
  }
  seen.push('Nobody came back, and the third user has said something.');
  return { passed: true, seen, missing: [] };
}

/** When the client's last text entered the link; before all times where there is none. */
const lastText = (connection: Connection | undefined): number =>
  connection?.frames.findLast(({ from, frame }) => from === 'client' && frame.opcode === Opcode.text)?.at ??
  Number.NEGATIVE_INFINITY;
