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
  task: 'Bring three users into the chat one after another, each on exactly one socket: the one before says goodbye before the next one comes, and nobody comes back. After three seconds, the third one says something.',
  hints: [
    'What is mounted goes on while you read this: change userId in the other tab.',
    'As found on the web, whoever was closed is back after a second. Count the sockets after you have changed userId.',
    'With the hook: mount it as ada, change to bob, then to cyd; wait three seconds, and send a message.',
  ],
  judge(connections): Verdict {
    const sockets = memberSockets(connections).filter(({ state }) => state !== 'refused');
    const said = (conn: number): number => lastText(connections.find((one) => one.conn === conn));
    const attempts = sockets.map((_, index) => attempt(sockets, index, said));
    const best = attempts.toSorted((one, other) => other.seen.length - one.seen.length)[0];
    return best ?? { passed: false, seen: [], missing: ['Nobody has come into the chat yet.'] };
  },
};

/** How far the three sockets from this one on have come. */
function attempt(sockets: readonly MemberSocket[], index: number, said: (conn: number) => number): Verdict {
  const three = sockets.slice(index, index + 3);
  const [first, second, third] = three;
  const seen: string[] = [];
  const fail = (sentence: string): Verdict => ({ passed: false, seen, missing: [sentence] });
  if (!first || !second || !third) return fail(`${String(three.length)} of 3 users have come, one by one.`);
  const names = three.map(({ name }) => name ?? '?');
  if (new Set(names).size < 3) {
    return fail(`${names.join(', ')}: one of them has come twice within three sockets.`);
  }
  seen.push(`${names.join(', ')} have come, one by one.`);
  const isOrderly = (one: MemberSocket, next: MemberSocket): boolean =>
    one.leftAt !== undefined && one.leftAt <= next.openedAt + raceMs;
  if (!isOrderly(first, second) || !isOrderly(second, third)) {
    return fail('Somebody had not said goodbye when the next one came.');
  }
  seen.push('Each said goodbye before the next one came.');
  const ghost = sockets
    .slice(index + 3)
    .find(({ openedAt, name }) => openedAt < third.openedAt + ghostMs && names.includes(name ?? '?'));
  if (ghost) return fail(`${ghost.name ?? '?'} came back.`);
  if (said(third.conn) < third.openedAt + ghostMs) {
    return fail('The third one has said nothing yet after three seconds.');
  }
  seen.push('Nobody came back, and the third one has spoken.');
  return { passed: true, seen, missing: [] };
}

/** When the client's last text entered the link; before all times where there is none. */
const lastText = (connection: Connection | undefined): number =>
  connection?.frames.findLast(({ from, frame }) => from === 'client' && frame.opcode === Opcode.text)?.at ??
  Number.NEGATIVE_INFINITY;
