import { parseReadersStatus, type ReadersRequest, type ReadersStatus } from '../contract/readers.ts';
import { accept, call } from './lab-client.ts';

/** What the server keeps for each client of a lab's stream, and what bots have read of it. */
export const readersStatus = async (id: string): Promise<ReadersStatus> =>
  accept(parseReadersStatus(await call('GET', `/labs/${id}/readers`)));

/** Makes bots that do not read for a while, in the place of those that there are. */
export const makeSlowReaders = async (
  id: string,
  request: Partial<ReadersRequest> = {},
): Promise<ReadersStatus> => accept(parseReadersStatus(await call('POST', `/labs/${id}/readers`, request)));

/** Sends those bots home. */
export async function dismissReaders(id: string): Promise<void> {
  await call('DELETE', `/labs/${id}/readers`);
}
