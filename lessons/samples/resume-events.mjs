// Hears three events, goes away, and comes back for the next three. The address is that of an event stream.
let address = process.argv[2];
if (address === undefined) {
  const origin = 'http://127.0.0.1:4321';
  const { services } = await (await fetch(`${origin}/labs`, { method: 'POST' })).json();
  address = origin + services['feed/events'];
}

let lastEventId;

/** Hears so many events on a request of its own, then lets go of it. */
async function hear(count) {
  const headers = { Accept: 'text/event-stream' };
  if (lastEventId !== undefined) headers['Last-Event-ID'] = lastEventId;
  const stop = new AbortController();
  const response = await fetch(address, { headers, signal: stop.signal });
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);

  let text = '';
  for await (const piece of response.body.pipeThrough(new TextDecoderStream())) {
    // A piece is what TCP brought: it may end in the middle of a line.
    text += piece;
    const blocks = text.split('\n\n');
    text = blocks.pop();
    for (const block of blocks) {
      const fields = block.split('\n').map((line) => line.split(/: ?(.*)/s));
      const [, id] = fields.find(([name]) => name === 'id') ?? [];
      const data = fields.filter(([name]) => name === 'data').map(([, value]) => value);
      if (id !== undefined) lastEventId = id;
      if (data.length === 0) continue;
      console.log(`event ${id}: ${data.join('\n').slice(0, 60)}`);
      if (--count === 0) return stop.abort();
    }
  }
}

await hear(3);
console.log(`gone, and back with Last-Event-ID: ${lastEventId}`);
await hear(3);
