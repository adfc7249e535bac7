import { parseStampedeAnswer, type StampedeRequest, type StampedeStatus } from '../contract/stampede.ts';
import { accept, call } from './lab-client.ts';

/** Begins a stampede of bots in a lab; answers how far it is. */
export const beginStampede = async (
  id: string,
  request: Partial<StampedeRequest>,
): Promise<StampedeStatus | null> =>
  accept(parseStampedeAnswer(await call('POST', `/labs/${id}/stampede`, request)));

/** How far the last stampede of a lab is; `null` where there has been none. */
export const stampedeStatus = async (id: string): Promise<StampedeStatus | null> =>
  accept(parseStampedeAnswer(await call('GET', `/labs/${id}/stampede`)));

/** Sends the bots of a stampede home. */
export async function endStampede(id: string): Promise<void> {
  await call('DELETE', `/labs/${id}/stampede`);
}
