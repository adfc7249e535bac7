import { parseFeedState, type FeedSettings, type FeedState } from '../contract/feed.ts';
import { accept, call } from './lab-client.ts';

/** How the feed of a lab is, with the server's clock. */
export const feedState = async (id: string): Promise<FeedState> =>
  accept(parseFeedState(await call('GET', `/labs/${id}/feed/settings`)));

/** Begins the feed of a lab anew; ids count from 1. */
export const beginFeed = async (id: string, settings: Partial<FeedSettings>): Promise<FeedState> =>
  accept(parseFeedState(await call('PUT', `/labs/${id}/feed/settings`, settings)));

/** Makes no more messages. */
export async function stopFeed(id: string): Promise<void> {
  await call('DELETE', `/labs/${id}/feed/settings`);
}
