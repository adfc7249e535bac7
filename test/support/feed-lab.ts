import {
  parseFeedState,
  parsePollAnswer,
  type FeedSettings,
  type FeedState,
  type PollAnswer,
} from '../../src/contract/feed.ts';
import type { TestLab } from './open-lab.ts';
import { waitFor } from './wait-for.ts';

/** Begins a new run of a lab's feed. */
export async function beginFeed(lab: TestLab, settings: Partial<FeedSettings>): Promise<FeedState> {
  return stateIn(await lab.call('PUT', 'feed/settings', settings));
}

/** How a lab's feed is. */
export const feedStateOf = async (lab: TestLab): Promise<FeedState> =>
  stateIn(await lab.call('GET', 'feed/settings'));

async function stateIn(response: Response): Promise<FeedState> {
  const state = parseFeedState(await response.json());
  if (!state.ok) throw new Error(`${state.field}: ${state.message}`);
  return state.value;
}

/** Waits until a lab's feed is as asked for. */
export async function feedUntil(
  lab: TestLab,
  what: string,
  isThere: (state: FeedState) => boolean,
): Promise<void> {
  await waitFor(what, async () => (isThere(await feedStateOf(lab)) ? true : undefined));
}

/** Begins a feed of so many messages, made as fast as it goes, and waits until it has made them all. */
export async function fillFeed(
  lab: TestLab,
  count: number,
  settings: Partial<FeedSettings> = {},
): Promise<void> {
  await beginFeed(lab, { messagesPerSecond: 1000, count, ...settings });
  await feedUntil(lab, 'all messages', ({ phase }) => phase === 'complete');
}

/** Polls a feed: `poll?since=0`, `long-poll`. */
export async function pollFeed(lab: TestLab, part: string): Promise<PollAnswer> {
  const answer = parsePollAnswer(await (await lab.call('GET', `feed/${part}`)).json());
  if (!answer.ok) throw new Error(`${answer.field}: ${answer.message}`);
  return answer.value;
}

/** The ids of the messages in an answer. */
export const idsIn = ({ messages }: PollAnswer): number[] => messages.map(({ id }) => id);

/** The ids of the messages in a stream of events. */
export const idsInEvents = (text: string): number[] =>
  [...text.matchAll(/^data: \{"id":(\d+),/gm)].map(([, id]) => Number(id));

/** The numbers from `first` to `last`. */
export const upTo = (last: number, first = 1): number[] =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index);
