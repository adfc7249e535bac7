import type { ProgramEvent } from '../contract/wire-event.ts';
import type { Belief } from './belief.ts';
import { messageNumber } from './belief.ts';
import type { Connection } from './connection.ts';
import type { Copy, Fate, LedgerLine } from './message-fate.ts';
import { pageClockOf } from './page-clock.ts';
import { streamTalkOf, type Crossed } from './stream-wire.ts';

/** What is known of a run of numbered messages. Times of beliefs are the page's, all others ms since the lab began. */
export interface Evidence {
  /** The mark of the run: the page's messages begin with it. */
  mark: string;
  beliefs: readonly Belief[];
  /** The connections of the run. */
  connections: readonly Connection[];
  /** What the server's program made and took, by its own account; of the whole lab. */
  program: readonly ProgramEvent[];
  /** The page's clock when it stopped sending; `undefined` while it sends. */
  stoppedAt: number | undefined;
  /** The page's clock now. */
  now: number;
  /** The run is over: what has not come does not come any more. */
  isOver: boolean;
  /** A message of the page that is not acknowledged is sent again. */
  isAcknowledged: boolean;
  /** A message of the server that was missed is sent again. */
  isResumed: boolean;
  /** A message that is applied later than so long after it was given is late, ms. */
  lateMs: number;
}

/** A run as its three eyewitnesses together tell it: one line a message, each direction in the order of sending. */
export interface MessageLedger {
  /** Page to server. */
  client: readonly LedgerLine[];
  /** Server to page. */
  server: readonly LedgerLine[];
  /** What was added to the times of the page to get those of the lab, ms. */
  clock: number;
}

/** What is on its way without a sign of it on the wire may still appear there for so long, ms. */
const patienceMs = 2500;

/** A line before its fate is known. */
interface Draft extends Omit<
  LedgerLine,
  'fate' | 'isOutOfOrder' | 'delayMs' | 'belief' | 'copies' | 'appliedAt'
> {
  belief: Extract<Belief, { number: number }> | undefined;
  copies: Copy[];
  appliedAt: number[];
  isInSnapshot: boolean;
}

/** Reconciles what the senders believe, what the wire carried and what the receivers applied. */
export function messageLedger(evidence: Evidence): MessageLedger {
  const talks = evidence.connections.map(streamTalkOf);
  const crossed = talks.flatMap(({ messages }) => messages).toSorted((one, other) => one.at - other.at);
  const clock = pageClockOf(evidence.mark, evidence.beliefs, crossed);
  const toLab = (pageTime: number): number => pageTime + clock;
  const welcomes = talks.map(({ welcomedAt }) => welcomedAt).filter((at) => at !== undefined);
  const now = toLab(evidence.now);
  return {
    clock,
    client: finish(clientDrafts(evidence, crossed, toLab), evidence, now, evidence.isAcknowledged),
    server: finish(
      serverDrafts(evidence, crossed, toLab, Math.min(...welcomes)),
      evidence,
      now,
      evidence.isResumed,
    ),
  };
}

function clientDrafts(
  { mark, beliefs, program }: Evidence,
  crossed: readonly Crossed[],
  toLab: (pageTime: number) => number,
): Draft[] {
  const drafts = new Map<number, Draft>();
  for (const belief of beliefs) {
    if (!('number' in belief)) continue;
    const known = drafts.get(belief.number);
    if (known) known.belief = belief;
    else {
      const givenAt = toLab(belief.at);
      drafts.set(belief.number, { ...emptyDraft('client', belief.number, 1, givenAt), belief });
    }
  }
  for (const one of crossed) {
    const number = one.from === 'client' ? messageNumber(mark, one.data) : undefined;
    if (number !== undefined) drafts.get(number)?.copies.push(copyOf(one));
  }
  for (const { did, data, at } of program) {
    const number = did === 'took' ? messageNumber(mark, data) : undefined;
    if (number !== undefined) drafts.get(number)?.appliedAt.push(at);
  }
  return [...drafts.values()].toSorted((one, other) => one.number - other.number);
}

function serverDrafts(
  { beliefs, program, stoppedAt }: Evidence,
  crossed: readonly Crossed[],
  toLab: (pageTime: number) => number,
  beganAt: number,
): Draft[] {
  const until = stoppedAt === undefined ? Infinity : toLab(stoppedAt);
  const drafts: Draft[] = [];
  /** By the text of a message: one of each life that made it, in the order of time. */
  const byText = new Map<string, Draft[]>();
  let life = 1;
  let last = 0;
  for (const { did, data, at } of program) {
    const number = did === 'made' ? serverNumber(data) : undefined;
    if (number === undefined) continue;
    // Its offsets begin anew in each life.
    if (number <= last) life++;
    last = number;
    if (at < beganAt || at > until) continue;
    const draft = emptyDraft('server', number, life, at);
    drafts.push(draft);
    const text = `message ${String(number)}`;
    byText.set(text, [...(byText.get(text) ?? []), draft]);
  }
  const find = (data: string, at: number): Draft | undefined =>
    byText.get(`message ${String(serverNumber(data))}`)?.findLast(({ givenAt }) => givenAt <= at);
  for (const one of crossed) if (one.from === 'server') find(one.data, one.at)?.copies.push(copyOf(one));
  for (const belief of beliefs) {
    const at = toLab(belief.at);
    if (belief.what === 'applied') find(belief.data, at + clockSlackMs)?.appliedAt.push(at);
    if (belief.what !== 'snapshot') continue;
    for (const draft of drafts) if (draft.givenAt <= at) draft.isInSnapshot = true;
  }
  return drafts;
}

/** The clocks of a page and a lab are only known to agree to a few ms; two lives of a server are further apart. */
const clockSlackMs = 50;

/** The number of a message that the server's program made; `undefined` of a text that is none. */
export function serverNumber(data: string): number | undefined {
  const digits = /^message ([0-9]{1,15})/.exec(data)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

const emptyDraft = (from: Draft['from'], number: number, life: number, givenAt: number): Draft => ({
  from,
  number,
  life,
  givenAt,
  belief: undefined,
  copies: [],
  appliedAt: [],
  isInSnapshot: false,
});

const copyOf = ({ conn, frame, at, due, isLost }: Crossed): Copy => ({ conn, frame, at, due, isLost });

function finish(
  drafts: readonly Draft[],
  evidence: Evidence,
  now: number,
  isSentAgain: boolean,
): LedgerLine[] {
  const inOrder = orderKept(drafts);
  return drafts.map((draft, index) => {
    const { from, number, life, givenAt, copies, appliedAt, belief } = draft;
    const [first] = draft.appliedAt;
    const delayMs = first === undefined ? undefined : Math.max(0, first - draft.givenAt);
    const isOutOfOrder = first !== undefined && inOrder[index] === false;
    const known = { ...draft, isOutOfOrder, delayMs };
    const fate = fateOf(known, evidence, now, isSentAgain);
    const line = { from, number, life, givenAt, copies, appliedAt, isOutOfOrder, delayMs, fate };
    return { ...line, belief: belief && beliefWords(belief) };
  });
}

/** For each message, whether it was applied before every one that was sent later. */
function orderKept(drafts: readonly Draft[]): boolean[] {
  const kept: boolean[] = new Array<boolean>(drafts.length).fill(true);
  let earliestLater = Infinity;
  for (let index = drafts.length - 1; index >= 0; index--) {
    const first = drafts[index]?.appliedAt[0] ?? Infinity;
    kept[index] = first <= earliestLater;
    earliestLater = Math.min(earliestLater, first);
  }
  return kept;
}

function fateOf(
  line: Draft & { isOutOfOrder: boolean; delayMs: number | undefined },
  { isOver, lateMs }: Evidence,
  now: number,
  isSentAgain: boolean,
): Fate {
  if (line.appliedAt.length > 1) return 'doubled';
  if (line.delayMs !== undefined) {
    if (line.isOutOfOrder) return 'out of order';
    return line.delayMs > lateMs ? 'late' : 'arrived';
  }
  if (line.belief?.what === 'refused' || line.belief?.what === 'dropped') return 'given up';
  if (line.isInSnapshot) return 'in a snapshot';
  if (isOver) return 'lost';
  return isUnderWay(line, now, isSentAgain) ? 'under way' : 'lost';
}

function isUnderWay({ belief, copies, givenAt }: Draft, now: number, isSentAgain: boolean): boolean {
  if (isSentAgain || belief?.what === 'queued') return true;
  if (copies.some(({ due, isLost }) => due === undefined && !isLost)) return true;
  const lastSign = Math.max(givenAt, ...copies.map(({ due = 0 }) => due));
  return !copies.some(({ isLost }) => isLost) && now - lastSign < patienceMs;
}

function beliefWords(belief: Extract<Belief, { number: number }>): string {
  switch (belief.what) {
    case 'sent':
      return 'send() has taken it; nothing was heard of it since';
    case 'queued':
      return 'it waits in the queue';
    case 'handed over':
      return 'it has waited, and was handed to the socket';
    case 'refused':
      return `it was refused: ${belief.why}`;
    case 'dropped':
      return `it was let go: ${belief.why}`;
    case 'acknowledged':
      return 'the server has acknowledged it';
  }
}
