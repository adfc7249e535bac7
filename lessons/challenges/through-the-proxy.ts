import type { Connection } from '../../src/derive/connection.ts';
import type { Challenge, JudgedLog, Verdict } from './challenge.ts';

/** The longest idle time-out that counts as a three-second proxy, ms. */
const longestIdleMs = 3000;
/** How long the connection has to live on behind it, ms, and how many frames it may spend on that. */
const survivalMs = 10_000;
const mostFrames = 10;

/** Keep a connection alive behind a proxy that hangs up on the silent, without talking all the time. */
export const throughTheProxy: Challenge = {
  id: 'through-the-proxy',
  title: 'Through a three-second proxy',
  task: 'With an idle time-out of 3 seconds imposed, whatever the proxy does after it, keep one connection alive for 10 seconds, and send no more than 10 frames to do so.',
  hints: [
    'Choose the proxy that hangs up, connect, and do nothing: how long does the connection last?',
    'Any byte from either side counts, as long as one comes at least every 3 seconds. The heartbeat of the bench can send it.',
    'A heartbeat every 2 s sends 5 messages in 10 seconds. One every 4 s comes too late.',
  ],
  judge(connections, { conditionChanges } = { conditionChanges: [] }): Verdict {
    const stretches = proxiedStretches(conditionChanges);
    if (stretches.length === 0) {
      return { passed: false, seen: [], missing: ['No idle time-out of 3 s or less has been imposed yet.'] };
    }
    const attempts = connections
      .filter(({ handshake }) => handshake === 'open')
      .flatMap((connection) => stretches.map((stretch) => attempt(connection, stretch)))
      .filter((one) => one !== undefined)
      .toSorted((one, other) => one.missing.length - other.missing.length || other.livedMs - one.livedMs);
    const [best] = attempts;
    const missing = ['No connection has sent anything behind the proxy yet.'];
    return best ?? { passed: false, seen: ['A proxy with a short idle time-out is in the way.'], missing };
  },
};

/** A stretch of time in which such a proxy was in the way of every connection, ms since the lab began. */
interface Stretch {
  from: number;
  to: number;
}

function proxiedStretches(changes: JudgedLog['conditionChanges']): Stretch[] {
  const stretches: Stretch[] = [];
  for (const { at, conditions } of changes) {
    const { idleTimeoutMs, probability } = conditions;
    const isProxied = idleTimeoutMs > 0 && idleTimeoutMs <= longestIdleMs && probability === 1;
    const current = stretches.at(-1);
    const goesOn = current?.to === Number.POSITIVE_INFINITY;
    if (isProxied && !goesOn) stretches.push({ from: at, to: Number.POSITIVE_INFINITY });
    else if (!isProxied && current && goesOn) current.to = at;
  }
  return stretches;
}

/** How one connection did in one stretch: it lived as long as what the server sent got through to the client. */
function attempt(connection: Connection, { from, to }: Stretch): (Verdict & { livedMs: number }) | undefined {
  const { conn, openedAt, frames } = connection;
  const begin = Math.max(from, openedAt);
  const within = frames.filter(({ at }) => at >= begin && at <= to);
  const heard = within.filter((frame) => frame.from === 'server' && frame.due !== undefined);
  const first = heard.find(({ due = 0 }) => due - begin >= survivalMs);
  const last = heard.at(-1);
  if (!last) return undefined;
  const livedMs = (last.due ?? begin) - begin;
  const seconds = `${(livedMs / 1000).toFixed(1)} s`;
  // What was sent after it had been shown is no concern of the challenge.
  const spent = within.filter(({ from: side, at }) => side === 'client' && at <= (first?.at ?? to)).length;
  const seen: string[] = [];
  const missing: string[] = [];
  if (first)
    seen.push(`Connection ${String(conn)} still heard from its server 10 s after the proxy got in its way.`);
  else
    missing.push(
      `Connection ${String(conn)} heard from its server for ${seconds} behind the proxy; 10 s are needed.`,
    );
  if (spent <= mostFrames) seen.push(`It sent ${String(spent)} frames for that.`);
  else missing.push(`It sent ${String(spent)} frames; ${String(mostFrames)} are allowed.`);
  return { passed: missing.length === 0, seen, missing, livedMs };
}
