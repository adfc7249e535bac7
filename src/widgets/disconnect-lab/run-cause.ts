import type { KnownLab } from '../../contract/lab.ts';
import { alignClock } from '../../derive/align-clock.ts';
import type { Connection } from '../../derive/connection.ts';
import { heardEnds } from '../../lab/lab-client.ts';
import { socketAddress } from '../../lab/sandbox-origin.ts';
import { $session } from '../../lab/session-store.ts';
import { witnessSocket, type Witness } from '../../lab/witness.ts';
import type { Cause } from './causes.ts';
import { wireEnd, type Notice, type Observation } from './observation.ts';

/** How long both ends are waited for, ms, where a cause does not say otherwise. */
const patienceMs = 4000;
/** How often the server is asked what it has heard, ms. */
const askMs = 150;

/** One run of a cause, on a connection of its own. Times are those of `performance.now()`. */
interface Run {
  cause: Cause;
  labId: string;
  witness: Witness;
  beganAt: number;
  causedAt: number;
  /** The connection in the wire log, once it is there. */
  connection: () => Connection | undefined;
}

/**
 * Makes a cause happen on a fresh connection, and waits for each end to notice. `changed` hears of each thing that was
 * seen. Throws where no connection can be opened.
 */
export async function runCause(
  cause: Cause,
  lab: KnownLab,
  changed: (seen: Observation) => void,
): Promise<Observation> {
  const path = `${lab.services['echo'] ?? ''}${cause.query ?? ''}`;
  const known = $session.get().log.connections.at(-1)?.conn ?? 0;
  const beganAt = performance.now();
  const tab = cause.inOwnTab === true ? openTab() : undefined;
  const witness = witnessSocket(socketAddress(path), [], () => undefined, tab?.WebSocket);
  const closed = closeOf(witness);
  if (cause.early !== true) await openOf(witness);
  const run: Run = {
    cause,
    labId: lab.id,
    witness,
    beganAt,
    causedAt: cause.early === true ? beganAt : performance.now(),
    connection: () => $session.get().log.connections.find((one) => one.conn > known && one.path === path),
  };
  const seen: Observation = { browser: undefined, server: undefined, wire: '' };
  const report = (): void => {
    const connection = run.connection();
    if (connection) seen.wire = wireEnd(connection);
    changed({ ...seen });
  };
  const tools = { labId: lab.id, witness, tab };
  await cause.run(tools);
  report();
  const browser = closed.then(({ code, wasClean, at }) => {
    seen.browser = { code, wasClean, afterMs: at - run.causedAt };
    report();
  });
  const patience = cause.patienceMs ?? patienceMs;
  const server =
    cause.early === true
      ? undefined
      : hearServer(run, patience).then((notice) => {
          seen.server = notice;
          report();
        });
  await Promise.race([Promise.all([browser, server]), after(patience)]);
  // What the wire log has to tell comes a moment later.
  await after(askMs);
  report();
  const final = { ...seen };
  await cause.undo?.(tools);
  if (witness.socket.readyState < WebSocket.CLOSING) witness.close();
  return final;
}

/** Opens a small window of the browser. Throws where the browser will not. */
function openTab(): Window & typeof globalThis {
  const tab = open('about:blank', '_blank', 'popup,width=320,height=200') as
    (Window & typeof globalThis) | null;
  if (!tab)
    throw new Error(
      'The browser has blocked the window: allow pop-ups for this page, and run the row again.',
    );
  return tab;
}

function closeOf({ socket }: Witness): Promise<{ code: number; wasClean: boolean; at: number }> {
  return new Promise((resolve) => {
    socket.addEventListener('close', ({ code, wasClean }) => {
      resolve({ code, wasClean, at: performance.now() });
    });
  });
}

function openOf({ socket }: Witness): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.addEventListener('open', () => {
      resolve();
    });
    socket.addEventListener('close', () => {
      reject(new Error('No connection could be opened: is the sandbox running?'));
    });
  });
}

/** What the server's program hears of the end; `undefined` where it hears nothing as long as is waited. */
async function hearServer(run: Run, patience: number): Promise<Notice | undefined> {
  const deadline = performance.now() + patience;
  while (performance.now() < deadline) {
    // A sandbox that has been stopped hears nothing more.
    const ends = await heardEnds(run.labId).catch(() => []);
    const connection = run.connection();
    const heard = ends.find(({ conn }) => conn === connection?.conn);
    if (heard && connection) {
      const offset = alignClock(connection, run.witness.testimonies)?.offset ?? connection.openedAt;
      const causedAt = run.causedAt - run.beganAt + offset;
      return { code: heard.code, wasClean: undefined, afterMs: Math.max(0, heard.at - causedAt) };
    }
    await after(askMs);
  }
  return undefined;
}

const after = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
