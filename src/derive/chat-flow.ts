import type { StoredMessage } from '../contract/chat.ts';
import type { ChatTalk, Crossing } from './chat-talk.ts';

/** One thing that happened to a message on its way, as the wire shows it. */
export interface FlowStep {
  /** Milliseconds since the lab began. */
  at: number;
  /** Who did it, or to whom it happened. */
  lane: 'sender' | 'server' | 'reader';
  what:
    | 'sends'
    /** The acknowledgement leaves the server's program: by then it is stored. */
    | 'acknowledges'
    | 'is told that it is stored'
    | 'asks, too early'
    | 'asks, and there is something'
    | 'pushes'
    | 'answers'
    | 'has it';
  /** The number of the connection that it happened on. */
  conn: number;
  /** The name of a reader. */
  who: string | undefined;
}

/** The way of one message from its sender over the server to those who read it. */
export interface ChatFlow {
  message: Pick<StoredMessage, 'id' | 'name' | 'text'>;
  /** In the order of time. */
  steps: readonly FlowStep[];
}

/** A step without what its connection knows. */
type BareStep = Omit<FlowStep, 'conn' | 'who'>;

/** The way of the message of that id; `undefined` where the log does not show how it came. */
export function chatFlowOf(talks: readonly ChatTalk[], id: number): ChatFlow | undefined {
  const sender = talks.map((talk) => sendingOf(talk, id)).find((sending) => sending !== undefined);
  if (!sender) return undefined;
  const { message, sentAt } = sender;
  const readers = talks
    .filter(({ conn, name }) => conn !== sender.conn || name === undefined)
    .flatMap((talk) => [...pushedTo(talk, id), ...polledBy(talk, id, sentAt, message.name)]);
  return { message, steps: [...sender.steps, ...readers].toSorted((one, other) => one.at - other.at) };
}

/** The id of the last message whose sender the log shows; `undefined` before the first. */
export function lastSentId(talks: readonly ChatTalk[]): number | undefined {
  let last: number | undefined;
  for (const { told, exchanges } of talks) {
    for (const { event } of told) if (event.type === 'ack') last = Math.max(last ?? 0, event.id);
    for (const { stored } of exchanges) if (stored) last = Math.max(last ?? 0, stored.id);
  }
  return last;
}

interface Sending {
  conn: number;
  message: ChatFlow['message'];
  sentAt: number;
  steps: FlowStep[];
}

/** How a connection sent the message, if it did. */
function sendingOf(talk: ChatTalk, id: number): Sending | undefined {
  const { conn } = talk;
  for (const { asked, answered, stored } of talk.exchanges) {
    if (stored?.id !== id || !answered) continue;
    const steps = sendingSteps(asked, answered).map((step) => ({ ...step, conn, who: stored.name }));
    return { conn, message: stored, sentAt: asked.at, steps };
  }
  const ack = talk.told.find(({ event }) => event.type === 'ack' && event.id === id);
  if (ack?.event.type !== 'ack') return undefined;
  const { clientId } = ack.event;
  for (const sent of talk.said) {
    const request = sent.request.ok ? sent.request.value : undefined;
    if (request?.type !== 'message' || request.clientId !== clientId) continue;
    const name = talk.name ?? '';
    const steps = sendingSteps(sent, ack).map((step) => ({ ...step, conn, who: name }));
    return { conn, message: { id, name, text: request.text }, sentAt: sent.at, steps };
  }
  return undefined;
}

const sendingSteps = (sent: Crossing, answered: Crossing): BareStep[] => [
  { at: sent.at, lane: 'sender', what: 'sends' },
  { at: answered.at, lane: 'server', what: 'acknowledges' },
  ...(answered.due === undefined
    ? []
    : [{ at: answered.due, lane: 'sender', what: 'is told that it is stored' } as const]),
];

/** What a member's socket was sent of it. */
function pushedTo({ conn, name, told }: ChatTalk, id: number): FlowStep[] {
  const push = told.find(({ event }) => event.type === 'message' && event.id === id);
  if (!push) return [];
  return arrival(push, 'pushes').map((step) => ({ ...step, conn, who: name }));
}

/** The polls of others since it was sent, up to the first that brought it. */
function polledBy({ conn, exchanges }: ChatTalk, id: number, sentAt: number, sender: string): FlowStep[] {
  const steps: FlowStep[] = [];
  for (const { asked, answered, as, poll } of exchanges) {
    if (!poll || !answered || as === sender || asked.at < sentAt) continue;
    const brought = poll.messages.some((message) => message.id === id);
    const isEarly = !brought && poll.next < id;
    if (!brought && !isEarly) continue;
    const what = brought ? 'asks, and there is something' : 'asks, too early';
    steps.push({ at: asked.at, lane: 'reader', what, conn, who: as });
    if (!brought) continue;
    steps.push(...arrival(answered, 'answers').map((step) => ({ ...step, conn, who: as })));
    break;
  }
  return steps;
}

const arrival = ({ at, due }: Crossing, what: 'pushes' | 'answers'): BareStep[] => [
  { at, lane: 'server', what },
  ...(due === undefined ? [] : [{ at: due, lane: 'reader', what: 'has it' } as const]),
];
