import { listenToEvents } from '../../../lessons/samples/listen-events.js';
import { listenToSocket } from '../../../lessons/samples/listen-socket.js';
import { pollLong } from '../../../lessons/samples/long-poll.js';
import { pollShort } from '../../../lessons/samples/short-poll.js';
import { parseFeedMessage, type FeedMessage, type FeedTransport } from '../../contract/feed.ts';
import { sandboxOrigin, socketAddress } from '../../lab/sandbox-origin.ts';
import type { RaceOptions } from './race-options.ts';

/** What the four listeners tell. */
export interface RaceListener {
  heard: (transport: FeedTransport, message: FeedMessage) => void;
  failed: (transport: FeedTransport, error: unknown) => void;
}

/** How long a long poll may wait, in seconds. */
export const longPollWaitSeconds = 20;

/** Begins to listen to the feed of a lab in four ways at once, by the programs that the lesson shows. Answers how to end all. */
export function listenFourWays(
  labId: string,
  { intervalMs, keepAlive, conditional }: RaceOptions,
  listener: RaceListener,
): () => void {
  const path = `/labs/${labId}/feed`;
  const address = (name: string): string => {
    const url = new URL(`${path}/${name}`, sandboxOrigin());
    if (!keepAlive && name !== 'events') url.searchParams.set('connection', 'close');
    return url.href;
  };
  const tell = (transport: FeedTransport) => ({
    heard: (json: unknown): void => {
      const message = parseFeedMessage(json);
      if (message.ok) listener.heard(transport, message.value);
      else listener.failed(transport, new Error(`${message.field}: ${message.message}`));
    },
    failed: (error: unknown): void => {
      listener.failed(transport, error);
    },
  });
  const ends = [
    listenToSocket(socketAddress(path), tell('webSocket')),
    listenToEvents(`${address('events')}?since=0`, tell('events')),
    pollLong(address('long-poll'), { ...tell('longPoll'), wait: longPollWaitSeconds }),
    pollShort(address('poll'), { ...tell('poll'), every: intervalMs, conditional }),
  ];
  return () => {
    for (const end of ends) end();
  };
}
