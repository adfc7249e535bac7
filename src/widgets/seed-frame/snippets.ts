import errors from '../../../lessons/samples/found-client-errors.js?raw';
import heartbeat from '../../../lessons/samples/found-client-heartbeat.js?raw';
import queue from '../../../lessons/samples/found-client-queue.js?raw';
import reconnect from '../../../lessons/samples/found-client-reconnect.js?raw';
import type { FoundName } from './found-names.ts';

/** The snippets as found on the web, as they stand in their files. */
export const snippets: Readonly<Record<FoundName, string>> = { errors, heartbeat, queue, reconnect };
