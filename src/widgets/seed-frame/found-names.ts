/** The snippets as found on the web, by name. */
export const foundNames = ['reconnect', 'heartbeat', 'queue', 'errors'] as const;
export type FoundName = (typeof foundNames)[number];

/** Whether a name is that of a snippet. */
export const isFoundName = (name: string): name is FoundName => foundNames.some((known) => known === name);

/** What each of them means to do. */
export const foundWords: Readonly<Record<FoundName, string>> = {
  reconnect: 'As found on the web: “automatic reconnection”',
  heartbeat: 'As found on the web: “keep the connection alive”',
  queue: 'As found on the web: “queue messages while offline”',
  errors: 'As found on the web: “handle errors gracefully”',
};
