import { defaultFeedSettings, type FeedState } from '../../contract/feed.ts';
import { beginFeed, feedState } from '../../lab/feed-client.ts';

/**
 * Makes sure that the feed of a lab makes about a message a second, as a bench needs it whose every message is to be
 * read: begins it anew where another bench has stopped it or made it fast. Throws what the lab's client throws.
 */
export async function calmFeed(labId: string): Promise<void> {
  const state = await feedState(labId);
  if (!isCalm(state)) await beginFeed(labId, defaultFeedSettings);
}

function isCalm({ phase, settings }: FeedState): boolean {
  if (phase === 'not begun') return true;
  const isOver = phase === 'complete' || phase === 'stopped';
  return (
    !isOver && settings.count === 0 && settings.messagesPerSecond >= 0.5 && settings.messagesPerSecond <= 2
  );
}
