import type { Answers } from './questions.ts';
import { references, type Reference } from './references.ts';
import type { Rule } from './rule.ts';
import { rules } from './rules.ts';
import { transportIds, type TransportId } from './transports.ts';

/** A sentence and where it can be checked. */
export interface Reason {
  says: string;
  source: Reference;
}

/** How a transport stands after the answers. */
export interface Standing {
  transport: TransportId;
  /** Of what speaks for it and against it, added up. */
  points: number;
  reasons: Reason[];
  /** What to know before you take it. */
  objections: Reason[];
}

/** What the answers amount to. */
export interface Decision {
  /** Who the news comes from decides nearly everything: without that answer nothing is recommended. */
  isReady: boolean;
  /** Best first; of two with the same points the plainer one. */
  standings: Standing[];
  /** What cannot do it at all, with the reason. */
  ruledOut: { transport: TransportId; reasons: Reason[] }[];
  /** Web Push, where news has to arrive when no page is open: it goes beside the rest, and replaces none of it. */
  beside: { reasons: Reason[]; objections: Reason[] } | undefined;
}

/** Weighs the transports by what was answered so far. Total: any answers, also none, give a decision. */
export function decide(answers: Answers): Decision {
  const standings: Standing[] = [];
  const ruledOut: Decision['ruledOut'] = [];
  for (const transport of transportIds) {
    const held = rules.filter((rule) => rule.transport === transport && holds(rule, answers));
    const impossible = held.filter(({ points }) => points === 'impossible');
    if (impossible.length > 0) ruledOut.push({ transport, reasons: impossible.map(reasonOf) });
    else standings.push(standingOf(transport, held));
  }
  // The list is in the order of plainness, and sorting keeps it among equals.
  standings.sort((one, other) => other.points - one.points);
  return {
    isReady: answers.direction !== undefined,
    standings,
    ruledOut,
    beside: answers.closed === 'yes' ? webPush : undefined,
  };
}

const holds = ({ when }: Rule, answers: Answers): boolean =>
  Object.entries(when).every(([question, option]) => answers[question as keyof Answers] === option);

function standingOf(transport: TransportId, held: readonly Rule[]): Standing {
  const points = held.map((rule) => (rule.points === 'impossible' ? 0 : rule.points));
  const sorted = held
    .map((rule, index) => ({ rule, points: points[index] ?? 0 }))
    .sort((one, other) => Math.abs(other.points) - Math.abs(one.points));
  return {
    transport,
    points: points.reduce((sum, each) => sum + each, 0),
    reasons: sorted.filter((each) => each.points > 0).map(({ rule }) => reasonOf(rule)),
    objections: sorted.filter((each) => each.points < 0).map(({ rule }) => reasonOf(rule)),
  };
}

const reasonOf = ({ says, source }: Rule): Reason => ({ says, source });

const webPush = {
  reasons: [
    {
      says: 'The browser’s maker runs a push service that wakes your service worker, with no page of yours open.',
      source: references.push,
    },
    {
      says: 'What you send is encrypted for that one browser: the push service cannot read it.',
      source: references.pushEncryption,
    },
  ],
  objections: [
    {
      says: 'The user must have allowed it, and expects to see a notification for each message.',
      source: references.push,
    },
    {
      says: 'The push service may hold a message, and drop it after its time to live. It is no stream.',
      source: references.pushProtocol,
    },
  ],
};
