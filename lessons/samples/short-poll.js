// Short polling, mended: one question at a time, a way to end it, and nothing asked for twice.

/**
 * Asks `url` every `every` milliseconds for what came after the last message, and tells `heard` of each message.
 * Answers how to end it.
 */
export function pollShort(url, { every, conditional = false, heard, failed = console.warn }) {
  const ending = new AbortController();
  const address = new URL(url);
  let since = 0; // the last message that we have
  let tag = ''; // what the last answer was called (its ETag)
  let failures = 0;
  let timer;

  async function ask() {
    address.searchParams.set('since', since);
    const headers = conditional && tag !== '' ? { 'If-None-Match': tag } : {};
    const response = await fetch(address, { headers, signal: ending.signal });
    if (response.status === 304) return; // nothing new, and no body that says so
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    const { messages, next } = await response.json();
    tag = response.headers.get('ETag') ?? '';
    since = next;
    messages.forEach(heard);
  }

  async function askAgain() {
    const askedAt = performance.now();
    try {
      if (!globalThis.document?.hidden) await ask(); // nobody looks: nobody needs to ask
      failures = 0;
    } catch (error) {
      if (ending.signal.aborted) return;
      failures += 1;
      failed(error);
    }
    if (ending.signal.aborted) return;
    // From the beginning of one question to the next; a slow answer delays the next question and never overlaps it.
    const pause = Math.min(30_000, every * 2 ** failures) - (performance.now() - askedAt);
    timer = setTimeout(askAgain, Math.max(0, pause));
  }

  askAgain();
  return () => {
    ending.abort();
    clearTimeout(timer);
  };
}
