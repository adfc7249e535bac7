import { alignClock } from '../../derive/align-clock.ts';
import type { Connection } from '../../derive/connection.ts';
import type { Layer } from '../../derive/liveness.ts';
import { socketAddress } from '../../lab/sandbox-origin.ts';
import { $session } from '../../lab/session-store.ts';
import { witnessSocket, type Witness } from '../../lab/witness.ts';
import { beatOn } from './page-heartbeat.ts';

/** The layers, in the order of the table. */
export const layers: readonly Layer[] = ['tcp', 'server ping', 'page asks', 'server asks'];

/** One connection of a run, watched by one layer alone. */
export interface Patient {
  layer: Layer;
  witness: Witness;
  /** When its socket was made, by `performance.now()`. */
  madeAt: number;
  /** When the page's heartbeat found it dead, by `performance.now()`. */
  gaveUpAt: number | undefined;
  /** Its part of the wire log, once it is there. */
  connection: () => Connection | undefined;
  /** Ends it. */
  end: () => void;
}

let runs = 0;

/** Opens a connection for each layer, with its heartbeat asking so often, ms. Throws where one cannot be opened. */
export async function openPatients(echo: string, everyMs: number): Promise<readonly Patient[]> {
  const run = String(++runs);
  const patients = layers.map((layer) => patientOf(layer, `${echo}?${queryOf(layer, everyMs)}&run=${run}`));
  try {
    await Promise.all(patients.map(({ witness }) => openOf(witness.socket)));
  } catch (error) {
    for (const patient of patients) patient.end();
    throw error;
  }
  const page = patients.find(({ layer }) => layer === 'page asks');
  if (page) beat(page, everyMs);
  return patients;
}

function queryOf(layer: Layer, everyMs: number): string {
  switch (layer) {
    case 'tcp':
      // The kernel counts whole seconds.
      return `keepalive=${String(Math.max(1000, everyMs))}`;
    case 'server ping':
      return `heartbeat=${String(everyMs)}`;
    case 'page asks':
      return 'asked-by=page';
    case 'server asks':
      return `ask=${String(everyMs)}`;
  }
}

function patientOf(layer: Layer, path: string): Patient {
  const known = $session.get().log.connections.at(-1)?.conn ?? 0;
  const madeAt = performance.now();
  const witness = witnessSocket(socketAddress(path), [], () => undefined);
  if (layer === 'server asks') answerQuestions(witness);
  return {
    layer,
    witness,
    madeAt,
    gaveUpAt: undefined,
    connection: () => $session.get().log.connections.find((one) => one.conn > known && one.path === path),
    end() {
      if (witness.socket.readyState < WebSocket.CLOSING) witness.close();
    },
  };
}

/** The page's script says that it is alive, whenever it is asked. */
function answerQuestions(witness: Witness): void {
  witness.socket.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    const id = typeof data === 'string' ? /^\{"type":"ping","id":(\d+)\}$/.exec(data)?.[1] : undefined;
    if (id !== undefined) witness.send(JSON.stringify({ type: 'pong', id: Number(id) }));
  });
}

/** The page's heartbeat gives the connection up that does not answer. */
function beat(patient: Patient, everyMs: number): void {
  const { end } = patient;
  const heartbeat = beatOn(
    patient.witness,
    { everyMs, deadlineMs: everyMs },
    {
      answered: () => undefined,
      dead() {
        patient.gaveUpAt = performance.now();
        end();
      },
    },
  );
  patient.end = () => {
    heartbeat.stop();
    end();
  };
}

function openOf(socket: WebSocket): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.addEventListener('open', () => {
      resolve();
    });
    socket.addEventListener('close', () => {
      reject(
        new Error(
          'A connection could not be opened. Reset what is imposed on the network, wait a moment, and run it again.',
        ),
      );
    });
  });
}

/** What to add to a time of `performance.now()` to get one of the lab, ms, by the first connection that tells it. */
export function clockOf(patients: readonly Patient[]): number | undefined {
  for (const { witness, madeAt, connection } of patients.toReversed()) {
    const log = connection();
    const offset = log && alignClock(log, witness.testimonies)?.offset;
    if (offset !== undefined) return offset - madeAt;
  }
  return undefined;
}
