/** One bound of the server: the flag that sets it, its unit, its default, and what it bounds. */
interface Limit {
  flag: string;
  unit: string;
  value: number;
  says: string;
}

const KiB = 1024;
const MiB = 1024 * KiB;

/**
 * Every bound of the server. The defaults let a class of thirty learn on one laptop, and keep a program that runs
 * wild from taking the machine with it.
 */
export const limitTable = {
  maxLabs: { flag: 'max-labs', unit: 'labs', value: 1000, says: 'labs in all' },
  maxLabsPerAddress: {
    flag: 'max-labs-per-address',
    unit: 'labs',
    value: 100,
    says: 'labs from one address',
  },
  maxNewLabsPerMinute: {
    flag: 'max-new-labs-per-minute',
    unit: 'labs',
    value: 120,
    says: 'new labs per minute from one address',
  },
  idleLabSeconds: {
    flag: 'idle-lab',
    unit: 'seconds',
    value: 1800,
    says: 'time after which an unused lab ends; an open connection or a watcher keeps it',
  },
  maxConnections: {
    flag: 'max-connections',
    unit: 'connections',
    value: 2000,
    says: 'TCP connections in all',
  },
  maxConnectionsPerLab: {
    flag: 'max-connections-per-lab',
    unit: 'connections',
    value: 250,
    says: 'recorded connections of one lab at a time',
  },
  maxNewConnectionsPerSecond: {
    flag: 'max-new-connections-per-second',
    unit: 'connections',
    value: 150,
    says: 'new connections per second to one lab, beyond a burst of as many as it may have at a time',
  },
  maxRawBridgesPerLab: {
    flag: 'max-raw-bridges-per-lab',
    unit: 'bridges',
    value: 16,
    says: 'raw bridges of one lab at a time',
  },
  maxProxyCacheEntries: {
    flag: 'max-proxy-cache-entries',
    unit: 'responses',
    value: 16,
    says: 'responses that the caching proxy of one lab keeps; the oldest are dropped',
  },
  maxProxyCacheBytes: {
    flag: 'max-proxy-cache-bytes',
    unit: 'bytes',
    value: 64 * KiB,
    says: 'bytes that the caching proxy of one lab keeps',
  },
  maxFeedListenersPerLab: {
    flag: 'max-feed-listeners-per-lab',
    unit: 'listeners',
    value: 64,
    says: 'event streams, WebSockets and waiting polls of one lab’s feed at a time',
  },
  maxFeedRequestsPerSecond: {
    flag: 'max-feed-requests-per-second',
    unit: 'requests',
    value: 100,
    says: 'requests per second to one lab’s feed, beyond a burst of as many',
  },
  maxFeedMessages: {
    flag: 'max-feed-messages',
    unit: 'messages',
    value: 5000,
    says: 'messages that the feed of one lab holds; the oldest are dropped',
  },
  maxFeedBytes: {
    flag: 'max-feed-bytes',
    unit: 'bytes',
    value: MiB,
    says: 'bytes of messages that the feed of one lab holds; the oldest are dropped',
  },
  maxFeedBufferedBytes: {
    flag: 'max-feed-buffered-bytes',
    unit: 'bytes',
    value: 256 * KiB,
    says: 'bytes waiting for a slow listener of the feed; it is sent no more until it has read them',
  },
  feedIdleSeconds: {
    flag: 'feed-idle',
    unit: 'seconds',
    value: 120,
    says: 'time after which a feed that nobody listens to rests, until somebody does',
  },
  maxChatHistory: {
    flag: 'max-chat-history',
    unit: 'messages',
    value: 100,
    says: 'messages that the chat of one lab holds; the oldest are dropped',
  },
  maxChatMessagesPerSecond: {
    flag: 'max-chat-messages-per-second',
    unit: 'messages',
    value: 10,
    says: 'messages per second that the chat takes from one client, beyond a burst of as many; over HTTP, from all together',
  },
  maxChatPollsPerSecond: {
    flag: 'max-chat-polls-per-second',
    unit: 'polls',
    value: 100,
    says: 'polls per second that the chat of one lab answers, from all clients together, beyond a burst of as many',
  },
  maxChatMessageBytes: {
    flag: 'max-chat-message-bytes',
    unit: 'bytes',
    value: 16 * KiB,
    says: 'size of one WebSocket message to the chat; a longer one closes the connection with 1009',
  },
  maxChatBufferedBytes: {
    flag: 'max-chat-buffered-bytes',
    unit: 'bytes',
    value: 512 * KiB,
    says: 'bytes waiting for a slow reader of the chat; it is then closed with 4408',
  },
  chatHeartbeatSeconds: {
    flag: 'chat-heartbeat',
    unit: 'seconds',
    value: 30,
    says: 'time between the chat’s pings; a member that has not answered by the next one is dropped',
  },
  maxStreamMessages: {
    flag: 'max-stream-messages',
    unit: 'messages',
    value: 1000,
    says: 'messages that the stream of one lab holds for those who come back; the oldest are dropped',
  },
  maxStreamSessions: {
    flag: 'max-stream-sessions',
    unit: 'sessions',
    value: 500,
    says: 'clients that the stream of one lab remembers; the one that has been away longest is forgotten',
  },
  maxStreamMessagesPerSecond: {
    flag: 'max-stream-messages-per-second',
    unit: 'messages',
    value: 200,
    says: 'messages per second that the stream takes from one client, beyond a burst of as many; then it closes with 1008',
  },
  maxStreamBufferedBytes: {
    flag: 'max-stream-buffered-bytes',
    unit: 'bytes',
    value: 4 * MiB,
    says: 'bytes waiting for a slow reader of the stream that asked for no policy; its connection is then ended',
  },
  maxBufferedBytes: {
    flag: 'max-buffered-bytes',
    unit: 'bytes',
    value: MiB,
    says: 'bytes waiting for a slow reader of echo or raw; the sandbox then stops reading from its sender',
  },
  maxMessageBytes: {
    flag: 'max-message-bytes',
    unit: 'bytes',
    value: MiB,
    says: 'size of one WebSocket message; a longer one closes the connection with 1009',
  },
  maxHeaderBytes: {
    flag: 'max-header-bytes',
    unit: 'bytes',
    value: 16 * KiB,
    says: 'size of a request head; a longer one is answered with 431',
  },
  maxHeaders: {
    flag: 'max-headers',
    unit: 'fields',
    value: 100,
    says: 'field lines in a request head; more are answered with 431',
  },
  maxBodyBytes: {
    flag: 'max-body-bytes',
    unit: 'bytes',
    value: 16 * KiB,
    says: 'size of a request body; a longer one is answered with 413',
  },
  headSeconds: {
    flag: 'head-timeout',
    unit: 'seconds',
    value: 60,
    says: 'time to send a whole request; a slower one is answered with 408. Long enough to type one by hand',
  },
  keepAliveSeconds: {
    flag: 'keep-alive',
    unit: 'seconds',
    value: 30,
    says: 'time for which an HTTP connection is kept open for the next request',
  },
  maxLogBytes: {
    flag: 'max-log-bytes',
    unit: 'bytes',
    value: 16 * MiB,
    says: 'recorded bytes that the log of one lab holds; the oldest are dropped',
  },
  maxLogEvents: {
    flag: 'max-log-events',
    unit: 'events',
    value: 100_000,
    says: 'events that the log of one lab holds; the oldest are dropped',
  },
  maxTotalLogBytes: {
    flag: 'max-total-log-bytes',
    unit: 'bytes',
    value: 512 * MiB,
    says: 'memory of all logs together; the largest drops its oldest',
  },
  maxWatchersPerLab: {
    flag: 'max-watchers-per-lab',
    unit: 'watchers',
    value: 16,
    says: 'wire channels of one lab at a time',
  },
  maxWatcherBufferedBytes: {
    flag: 'max-watcher-buffered-bytes',
    unit: 'bytes',
    value: 4 * MiB,
    says: 'bytes waiting for a slow watcher; it then gets a gap',
  },
  drainSeconds: {
    flag: 'drain-timeout',
    unit: 'seconds',
    value: 2,
    says: 'time that peers have to answer a Close when the server stops or a lab ends',
  },
} as const satisfies Record<string, Limit>;

/** The value of every bound, in the unit that `limitTable` names. */
export type Limits = Record<keyof typeof limitTable, number>;

/** The names of all bounds. */
export const limitNames = Object.keys(limitTable) as (keyof Limits)[];

/** Every bound at its default. */
export const defaultLimits: Readonly<Limits> = Object.fromEntries(
  limitNames.map((name) => [name, limitTable[name].value]),
) as Limits;
