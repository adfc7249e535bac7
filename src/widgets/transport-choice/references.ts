/** Where a sentence can be checked. */
export interface Reference {
  title: string;
  url: string;
}

const rfc = (number: number, section?: string): Reference => ({
  title: section === undefined ? `RFC ${String(number)}` : `RFC ${String(number)} §${section}`,
  url: `https://www.rfc-editor.org/rfc/rfc${String(number)}${section === undefined ? '' : `#section-${section}`}`,
});
const mdn = (path: string, says: string): Reference => ({
  title: `MDN ${says}`,
  url: `https://developer.mozilla.org/en-US/docs/${path}`,
});
const eventsPage = 'https://html.spec.whatwg.org/multipage/server-sent-events.html';

/** The sources that the rules rest on. */
export const references = {
  conditional: rfc(9110, '13'),
  exchange: rfc(9110, '3'),
  persistence: rfc(9112, '9.3'),
  longPolling: rfc(6202, '2'),
  longPollingIssues: rfc(6202, '2.2'),
  events: { title: 'HTML server-sent events', url: eventsPage },
  lastEventId: { title: 'HTML Last-Event-ID', url: `${eventsPage}#the-last-event-id-header` },
  eventStream: { title: 'HTML event streams', url: `${eventsPage}#parsing-an-event-stream` },
  eventNotes: { title: 'HTML authoring notes', url: `${eventsPage}#authoring-notes` },
  sixConnections: mdn('Web/API/EventSource', 'EventSource'),
  webSocket: rfc(6455, '1.5'),
  frames: rfc(6455, '5.2'),
  messages: rfc(6455, '5.6'),
  reconnect: rfc(6455, '7.2.3'),
  proxies: rfc(9110, '7.6.1'),
  heartbeat: rfc(6455, '5.5.2'),
  memory: {
    title: 'websockets: memory usage',
    url: 'https://websockets.readthedocs.io/en/stable/topics/memory.html',
  },
  streams: mdn('Web/API/Streams_API/Using_readable_streams', 'Readable streams'),
  requestStreams: mdn('Web/API/RequestInit#duplex', 'duplex'),
  orderedBytes: rfc(9293, '3.4'),
  webTransport: mdn('Web/API/WebTransport_API', 'WebTransport'),
  webTransportBaseline: {
    title: 'web-features WebTransport',
    url: 'https://web-platform-dx.github.io/web-features-explorer/features/webtransport',
  },
  datagrams: rfc(9221),
  dataChannels: rfc(8831, '6'),
  dataChannelLimits: rfc(8831, '5'),
  iceServers: rfc(8445, '2'),
  push: mdn('Web/API/Push_API', 'Push API'),
  pushProtocol: rfc(8030),
  pushEncryption: rfc(8291),
} as const satisfies Record<string, Reference>;
