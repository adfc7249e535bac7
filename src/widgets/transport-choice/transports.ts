/** A way to bring news from one end to the other, as the decision helper knows it. */
export interface Transport {
  name: string;
  /** What it is, in one sentence. */
  is: string;
}

/** What the helper chooses from, the plainest first: of two that fit equally well, it names the plainer. */
export const transports = {
  poll: {
    name: 'Polling',
    is: 'Ask again and again; the server keeps nothing of you between two questions.',
  },
  events: {
    name: 'Server-sent events',
    is: 'One HTTP response that does not end; the browser reads events from it and reconnects by itself.',
  },
  webSocket: { name: 'WebSocket', is: 'One connection on which both ends send messages when they like.' },
  stream: {
    name: 'A streamed fetch',
    is: 'One HTTP response that does not end; your own code reads its bytes.',
  },
  longPoll: {
    name: 'Long polling',
    is: 'Ask, and the server answers when it has something; then ask again.',
  },
  webTransport: {
    name: 'WebTransport',
    is: 'Many streams, and datagrams that may get lost, over one HTTP/3 connection.',
  },
  webRtc: { name: 'WebRTC data channels', is: 'Messages between two browsers, reliable or not.' },
} as const satisfies Record<string, Transport>;

export type TransportId = keyof typeof transports;

/** All of them, the plainest first. */
export const transportIds = Object.keys(transports) as TransportId[];
