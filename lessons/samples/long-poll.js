// Long polling: the server answers when it has something to say, and is asked again at once.

/**
 * Asks `url` for what came after the last message; each question may wait for `wait` seconds. Tells `heard` of each
 * message. Answers how to end it.
 */
export function pollLong(url, { wait = 25, heard, failed = console.warn }) {
  const ending = new AbortController();
  const address = new URL(url);
  address.searchParams.set('wait', wait);

  async function askOnAndOn() {
    let since = 0;
    let failures = 0;
    while (!ending.signal.aborted) {
      address.searchParams.set('since', since);
      try {
        const response = await fetch(address, { signal: ending.signal });
        if (!response.ok) throw new Error(`HTTP ${response.status}`);
        const { messages, next } = await response.json();
        since = next;
        failures = 0;
        messages.forEach(heard);
      } catch (error) {
        if (ending.signal.aborted) return;
        failed(error);
        failures += 1;
        // A server that refuses must not be asked as fast as it can refuse.
        await new Promise((resolve) => setTimeout(resolve, Math.min(30_000, 500 * 2 ** failures)));
      }
    }
  }

  askOnAndOn();
  return () => ending.abort();
}
