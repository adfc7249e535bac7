import type { FeedTransport } from '../../contract/feed.ts';

/** A way to hear the feed, as the bench names it. */
export interface Way {
  id: FeedTransport;
  name: string;
  /** For a small cell. */
  short: string;
  /** Its sign: colour is never the only cue. */
  sign: string;
}

/** The four, in the order of the page. */
export const ways: readonly Way[] = [
  { id: 'poll', name: 'Short poll', short: 'Poll', sign: '■' },
  { id: 'longPoll', name: 'Long poll', short: 'Long poll', sign: '◆' },
  { id: 'events', name: 'SSE', short: 'SSE', sign: '▲' },
  { id: 'webSocket', name: 'WebSocket', short: 'WebSocket', sign: '●' },
];

const byId = new Map(ways.map((way) => [way.id, way]));

/** What a way is called. */
export const wayOf = (id: FeedTransport): Way => byId.get(id) ?? { id, name: id, short: id, sign: '' };
