import type { Connection } from '../../src/derive/connection.ts';
import { knownExchangesOf } from '../../src/derive/known-exchanges.ts';
import type { Challenge, Verdict } from './challenge.ts';

/** How many polls each half of the task takes. */
const pollsWanted = 5;

/** The same five requests on one TCP connection and on five (RFC 9112 §9.3, §9.6). */
export const fiveAndFive: Challenge = {
  id: 'five-and-five',
  title: 'One connection, and five',
  task: 'Poll the feed five times over a single TCP connection, and five times over five separate ones. Any client will do.',
  hints: [
    'A client that is given several addresses at once may keep its connection for all of them: curl does.',
    'The query connection=close makes the server end the connection after its answer. So does the field Connection: close in the request.',
    'The console of this page is a client too: await fetch() in a loop, and the browser keeps its connection.',
    'Run lessons/samples/five-polls.mjs with the address of your lab’s feed/poll.',
  ],
  judge(connections): Verdict {
    const polls = connections.map(pollsOn);
    const seen: string[] = [];
    const missing: string[] = [];
    const most = polls.reduce((best, each) => (each.done > best.done ? each : best), {
      conn: 0,
      done: 0,
      isOver: false,
    });
    if (most.done >= pollsWanted) {
      seen.push(`Connection ${String(most.conn)} carried ${String(most.done)} polls.`);
    } else {
      missing.push(
        `The most polls on one TCP connection so far: ${String(most.done)}; ${String(pollsWanted)} are needed.`,
      );
    }
    const single = polls.filter(({ done, isOver }) => done === 1 && isOver).length;
    const words = `${String(single)} connections ended after a single poll`;
    if (single >= pollsWanted) seen.push(`${words}.`);
    else missing.push(`${words}; ${String(pollsWanted)} are needed.`);
    return { passed: missing.length === 0, seen, missing };
  },
};

/** How many polls of the feed a connection carried to their end, and whether it is over. */
function pollsOn(connection: Connection): { conn: number; done: number; isOver: boolean } {
  const done = knownExchangesOf(connection).filter(
    ({ request, state }) => state === 'done' && request !== undefined && isPoll(request.head.target),
  ).length;
  return { conn: connection.conn, done, isOver: connection.end !== undefined };
}

const isPoll = (target: string): boolean => /^\/labs\/[^/]+\/feed\/poll(\?|$)/.test(target);
