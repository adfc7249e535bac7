// Server-sent events: one request whose answer never ends.

/** Tells `heard` of each message that `url` sends. Answers how to end it. */
export function listenToEvents(url, { heard, failed = console.warn }) {
  const source = new EventSource(url);
  source.onmessage = ({ data }) => heard(JSON.parse(data));
  // The browser connects again by itself and names the last id that it had; only CLOSED means that it gave up.
  source.onerror = () => failed(new Error(source.readyState === EventSource.CLOSED ? 'given up' : 'lost'));
  return () => source.close();
}
