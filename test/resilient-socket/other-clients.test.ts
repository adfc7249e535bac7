import PartySocket from 'partysocket/ws';
import ReconnectingWebSocket from 'reconnecting-websocket';
import { describe, expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import type { FaultStep } from '../../src/contract/fault-script.ts';
import type { WireEvent } from '../../src/contract/wire-event.ts';
import { readLog } from '../../src/derive/log-reader.ts';
import { ResilientSocket } from '../../src/resilient-socket/resilient-socket.ts';
import { openLab } from '../support/open-lab.ts';
import { startSandbox } from '../support/start-sandbox.ts';
import { waitFor } from '../support/wait-for.ts';
import { connectWs } from '../support/ws-client.ts';

/** What a test asks of a client; `heard` is told of the number of each message of the server. */
interface Client {
  send(data: string): void;
  close(): void;
}
type Connect = (url: string, heard: (number: number) => void) => Client;

/**
 * The `ws` class with the one thing that it has not in common with the platform's: an error that nobody listens to ends the
 * process. The others stop listening before they close a socket that is still connecting.
 */
class QuietWebSocket extends WebSocket {
  constructor(...parts: ConstructorParameters<typeof WebSocket>) {
    super(...parts);
    this.on('error', () => undefined);
  }
}

const delays = { minReconnectionDelay: 50, maxReconnectionDelay: 200, connectionTimeout: 500 };
const numberIn = (text: string): number => Number(text.replace('message ', ''));

/** The three, with the same delays; beside that, each as it comes, but ours with everything switched on. */
const clients: Record<string, Connect> = {
  'resilient-socket': (url, heard) => {
    const socket = new ResilientSocket(url, {
      WebSocket,
      reconnect: { firstMs: 50, baseMs: 50, capMs: 200, attemptMs: 500 },
      heartbeat: { everyMs: 100, deadlineMs: 300 },
      acknowledgement: { resendAfterMs: 300, maxUnacknowledged: 20 },
      resume: true,
      dedupe: true,
    });
    socket.on('message', ({ offset = 0 }) => {
      heard(offset);
    });
    return {
      send: (data) => void socket.send(data),
      close: () => {
        socket.close();
      },
    };
  },
  partysocket: (url, heard) => {
    const socket = new PartySocket(url, [], { WebSocket: QuietWebSocket, ...delays });
    socket.addEventListener('message', ({ data }) => {
      heard(numberIn(String(data)));
    });
    return socket;
  },
  'reconnecting-websocket': (url, heard) => {
    const socket = new ReconnectingWebSocket(url, [], { WebSocket: QuietWebSocket, ...delays });
    socket.addEventListener('message', ({ data }) => {
      heard(numberIn(String(data)));
    });
    return socket;
  },
};

const scripts: Record<string, FaultStep[]> = {
  'RST, then FIN': [
    { at: 200, what: { cut: { how: 'rst' } } },
    { at: 700, what: { cut: { how: 'fin' } } },
  ],
  'tunnel, then RST': [
    { at: 200, what: { conditions: { frozen: 'both' } }, for: 600 },
    { at: 700, what: { cut: { how: 'rst' } } },
  ],
  'middlebox forgets': [
    { at: 200, what: { conditions: { idleTimeoutMs: 1, idleAction: 'drop' } }, for: 100 },
  ],
  'messages dropped and doubled': [
    { at: 0, what: { conditions: { dropMessages: 0.1, duplicateMessages: 0.1 } }, for: 1000 },
  ],
};

/** What became of numbered messages: how many never came, and how many came more than once. */
interface Ledger {
  lost: number;
  doubled: number;
}

const ledgerOf = (numbers: readonly number[], first: number, last: number): Ledger => {
  const distinct = new Set(numbers.filter((number) => number >= first && number <= last));
  return { lost: last - first + 1 - distinct.size, doubled: numbers.length - new Set(numbers).size };
};

/** What became of `sent` messages of a client, by what the server's program took. */
const upLedger = (events: readonly WireEvent[], sent: number): Ledger =>
  ledgerOf(
    events.flatMap((event) => (event.type === 'program' && event.did === 'took' ? [Number(event.data)] : [])),
    1,
    sent,
  );

interface Row {
  script: string;
  client: string;
  'lost up': number;
  'doubled up': number;
  'lost down': number;
  'doubled down': number;
  connections: number;
  /** Longest time without a message of the server, ms. */
  'longest silence': number;
}

/** So many messages of the server after the script is over, everybody has had the time to mend what was broken. */
const messagesAfter = 75;

async function run(script: string, name: string, connect: Connect): Promise<Row> {
  const sandbox = await startSandbox();
  const lab = await openLab(sandbox);
  const heard: { number: number; at: number }[] = [];
  const path = lab.path('stream?every=20');
  const client = connect(`${sandbox.origin.replace('http', 'ws')}${path}`, (number) =>
    heard.push({ number, at: performance.now() }),
  );
  onTestFinished(() => {
    client.close();
  });
  await waitFor('the first message', () => (heard.length > 0 ? true : undefined));
  await lab.call('POST', 'script', { steps: scripts[script] });
  let sent = 0;
  await waitFor('the script to be over', async () => {
    client.send(String(++sent));
    return (await lab.status()).script === null ? true : undefined;
  });
  const witness = await connectWs(sandbox, path);
  const begin = numberIn(await witness.next());
  let last = begin;
  while (last < begin + messagesAfter) last = numberIn(await witness.next());

  const numbers = heard.map(({ number }) => number);
  const events = await lab.log();
  const up = upLedger(events, sent);
  const down = ledgerOf(numbers, numbers[0] ?? 0, last - 1);
  const times = [...heard.map(({ at }) => at), performance.now()];
  return {
    script,
    client: name,
    'lost up': up.lost,
    'doubled up': up.doubled,
    'lost down': down.lost,
    'doubled down': down.doubled,
    connections: readLog(events).connections.length - 1,
    'longest silence': Math.round(Math.max(...times.slice(1).map((at, index) => at - (times[index] ?? at)))),
  };
}

describe('Three clients that come back, through the same faults', () => {
  it('with everything on, ours loses nothing and applies nothing twice', { timeout: 60_000 }, async () => {
    const rows = await Promise.all(
      Object.keys(scripts).flatMap((script) =>
        Object.entries(clients).map(([name, connect]) => run(script, name, connect)),
      ),
    );
    console.table(rows);
    for (const row of rows.filter(({ client }) => client === 'resilient-socket')) {
      expect(row).toMatchObject({ 'lost up': 0, 'doubled up': 0, 'lost down': 0, 'doubled down': 0 });
    }
    expect(rows.some((row) => row.client !== 'resilient-socket' && row['lost down'] > 0)).toBe(true);
  });
});
