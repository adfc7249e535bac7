import type { ConditionsEvent, Side } from '../contract/wire-event.ts';
import type { Connection } from './connection.ts';

/** Width of a bin, ms. */
export const binMs = 100;

/** Longest after the server's end that is looked at, ms. */
const horizonMs = 60_000;

/** What came within a tenth of a second after the server's end. */
export interface ArrivalBin {
  /** Connections whose TCP was accepted. */
  arrived: number;
  /** Of those, how many found no server. */
  refused: number;
  /** Opening handshakes that the server answered with 101, whenever those had arrived. */
  answered: number;
  /** Connections from before that ended. */
  ended: number;
}

/** How clients came back after their server had ended. Times are ms since it began to end. */
export interface Comings {
  /** Milliseconds since the lab began. */
  endedAt: number;
  /** When it was up again. */
  upAfterMs: number | undefined;
  /** From 0 on, one for each `binMs`, up to the last in which anything came. */
  bins: readonly ArrivalBin[];
  /** Connections that stood when it ended. */
  stood: number;
  /** Of those, how many heard a Close frame of the server. */
  toldGoodbye: number;
  /** Connections since, and how many of them found no server. */
  attempts: number;
  refused: number;
  /** Those that waited for an answer and hung up, or were cut off, without one. */
  unanswered: number;
  /** Connections that the server has answered since, and has not ended. */
  back: number;
  /** When as many stood again as before. */
  allBackAfterMs: number | undefined;
  /** Most arrivals, and most answers, in one bin. */
  peakArrivals: number;
  peakAnswers: number;
  /** Most handshakes that waited for their answer at one moment. */
  longestLine: number;
  /** Bytes of all requests and responses since: handshakes only. */
  handshakeBytes: number;
}

/** Before anything has come. */
export const nobody: Readonly<Comings> = {
  endedAt: 0,
  upAfterMs: undefined,
  bins: [],
  stood: 0,
  toldGoodbye: 0,
  attempts: 0,
  refused: 0,
  unanswered: 0,
  back: 0,
  allBackAfterMs: undefined,
  peakArrivals: 0,
  peakAnswers: 0,
  longestLine: 0,
  handshakeBytes: 0,
};

/** The moments at which the server of a lab ended, and came up again: `accept` of its conditions. */
function endings(changes: readonly ConditionsEvent[]): { from: number; to: number | undefined }[] {
  const found: { from: number; to: number | undefined }[] = [];
  for (const { at, conditions } of changes) {
    const last = found.at(-1);
    const isDown = last !== undefined && last.to === undefined;
    if (!conditions.accept && !isDown) found.push({ from: at, to: undefined });
    if (conditions.accept && isDown) last.to = at;
  }
  return found;
}

/** How clients came back since the server of a lab last ended; `undefined` where it never has. */
export function comingsOf(
  connections: readonly Connection[],
  changes: readonly ConditionsEvent[],
): Comings | undefined {
  const ending = endings(changes).at(-1);
  if (!ending) return undefined;
  const { from, to } = ending;
  const sockets = connections.filter(({ path }) => path !== null);
  const before = sockets.filter(({ openedAt }) => openedAt < from);
  const stood = before.filter(({ handshake, end }) => handshake === 'open' && (!end || end.at >= from));
  const since = sockets.filter(({ openedAt }) => openedAt >= from && openedAt - from < horizonMs);
  const bins: ArrivalBin[] = [];
  const bin = (at: number): ArrivalBin => {
    const index = Math.max(0, Math.floor((at - from) / binMs));
    while (bins.length <= index) bins.push({ arrived: 0, refused: 0, answered: 0, ended: 0 });
    return bins[index] ?? { arrived: 0, refused: 0, answered: 0, ended: 0 };
  };
  for (const { end } of stood) if (end && end.at - from < horizonMs) bin(end.at).ended++;
  for (const connection of since) {
    const at = bin(connection.openedAt);
    at.arrived++;
    if (isRefused(connection)) at.refused++;
    const answer = answeredAt(connection);
    if (answer !== undefined && answer - from < horizonMs) bin(answer).answered++;
  }
  const { allBackAt, back } = returnOf(since, stood.length);
  return {
    endedAt: from,
    upAfterMs: to === undefined ? undefined : to - from,
    bins,
    stood: stood.length,
    toldGoodbye: stood.filter((one) => saysClose(one, 'server')).length,
    attempts: since.length,
    refused: since.filter(isRefused).length,
    unanswered: since.filter((one) => !isRefused(one) && one.end && answeredAt(one) === undefined).length,
    back,
    allBackAfterMs: allBackAt === undefined ? undefined : allBackAt - from,
    peakArrivals: Math.max(0, ...bins.map(({ arrived }) => arrived)),
    peakAnswers: Math.max(0, ...bins.map(({ answered }) => answered)),
    longestLine: longestLineOf(since),
    handshakeBytes: since.reduce(
      (sum, { request, response }) => sum + (request?.bytes.length ?? 0) + (response?.bytes.length ?? 0),
      0,
    ),
  };
}

/** When the server's 101 went out, ms since the lab began. */
function answeredAt({ handshake, server }: Connection): number | undefined {
  return handshake === 'open' ? server.chunks[0]?.at : undefined;
}

/** TCP was accepted, and reset before the server said a word. */
const isRefused = ({ end, server }: Connection): boolean => end?.by === 'link' && server.byteCount === 0;

const saysClose = ({ frames }: Connection, side: Side): boolean =>
  frames.some(({ from, frame }) => from === side && frame.opcode === 8);

/** Counts who stands, moment by moment. */
function returnOf(
  since: readonly Connection[],
  wanted: number,
): { allBackAt: number | undefined; back: number } {
  const steps = since
    .flatMap((connection): [at: number, change: number][] => {
      const answer = answeredAt(connection);
      if (answer === undefined) return [];
      // Whoever leaves by itself has been back all the same.
      return connection.end && !saysClose(connection, 'client')
        ? [
            [answer, 1],
            [connection.end.at, -1],
          ]
        : [[answer, 1]];
    })
    .toSorted(([one], [other]) => one - other);
  let back = 0;
  let allBackAt: number | undefined;
  for (const [at, change] of steps) {
    back += change;
    if (back >= wanted && wanted > 0) allBackAt ??= at;
  }
  return { allBackAt, back };
}

function longestLineOf(since: readonly Connection[]): number {
  const steps = since
    .filter((connection) => !isRefused(connection))
    .flatMap((connection): [at: number, change: number][] => {
      const until = answeredAt(connection) ?? connection.end?.at;
      return until === undefined
        ? [[connection.openedAt, 1]]
        : [
            [connection.openedAt, 1],
            [until, -1],
          ];
    })
    .toSorted(([one], [other]) => one - other);
  let line = 0;
  let longest = 0;
  for (const [, change] of steps) {
    line += change;
    longest = Math.max(longest, line);
  }
  return longest;
}
