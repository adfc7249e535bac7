import { parseConditions, type Conditions } from './conditions.ts';
import { parseFaultScript, type FaultStep } from './fault-script.ts';
import { accepted, isRecord, refused, show, type Parsed } from './result.ts';

/** The services of a lab by name, each with the path on which it is served. */
export type ServicePaths = Record<string, string>;

/** `201` of `POST /labs`. */
export interface CreatedLab {
  id: string;
  /** A lab that nobody uses for so long ends by itself. Seconds. */
  expiresInSeconds: number;
  conditions: Conditions;
  services: ServicePaths;
}

/** What a client knows of a lab that it has made or found. */
export interface KnownLab extends CreatedLab {
  /** The last event of its wire log at that moment; 0 in a new lab. */
  lastSeq: number;
}

/** `200` of `GET /labs/<id>`. */
export interface LabStatus {
  id: string;
  expiresInSeconds: number;
  conditions: Conditions;
  services: ServicePaths;
  /** Connections that are open now, by the number under which the wire log knows them; a raw bridge's has no path. */
  connections: { conn: number; path: string | null; openedAt: number }[];
  /** What the server's program was told of the last connections that ended, the oldest first: ws's `close` event. */
  heardEnds: HeardEnd[];
  script: ScriptStatus | null;
  /** What the wire log holds, and what it has dropped so far. */
  log: { events: number; bytes: number; lastSeq: number; droppedEvents: number };
}

/** The fault script that runs. */
export interface ScriptStatus {
  name: string;
  steps: readonly FaultStep[];
  /** When it began, ms since the lab began. */
  startedAt: number;
  /** How long it had run at the moment of the answer, ms. */
  elapsedMs: number;
}

/** The end of a connection as the server's program heard of it. */
export interface HeardEnd {
  /** The connection's number in the wire log. */
  conn: number;
  /** Milliseconds since the lab began. */
  at: number;
  /** 1005 where the Close frame had no code, 1006 where there was none (RFC 6455 §7.1.5). */
  code: number;
  reason: string;
}

/** Reads the `script` of `GET /labs/<id>`, and the answer to `POST /labs/<id>/script`: `null` where none runs. */
export function parseScriptStatus(body: unknown): Parsed<ScriptStatus | null> {
  if (body === null) return accepted(null);
  if (!isRecord(body)) return refused('script', `expected an object or null, got ${show(body)}`);
  const { name, steps, startedAt, elapsedMs } = body;
  const script = parseFaultScript({ name, steps });
  if (!script.ok) return refused(`script.${script.field}`, script.message);
  if (typeof startedAt !== 'number') {
    return refused('script.startedAt', `expected a number, got ${show(startedAt)}`);
  }
  if (typeof elapsedMs !== 'number') {
    return refused('script.elapsedMs', `expected a number, got ${show(elapsedMs)}`);
  }
  return accepted({ ...script.value, startedAt, elapsedMs });
}

/** The subprotocol that the wire channel speaks. */
export const wireSubprotocol = 'ws101.wire.v1';

/** Reads the answer to `POST /labs` or `GET /labs/<id>`. */
export function parseKnownLab(body: unknown): Parsed<KnownLab> {
  if (!isRecord(body)) return refused('body', `expected a lab, got ${show(body)}`);
  const { id, expiresInSeconds, services } = body;
  if (typeof id !== 'string') return refused('id', `expected a string, got ${show(id)}`);
  if (typeof expiresInSeconds !== 'number') {
    return refused('expiresInSeconds', `expected a number, got ${show(expiresInSeconds)}`);
  }
  if (!isRecord(services)) return refused('services', `expected an object of paths, got ${show(services)}`);
  const paths: ServicePaths = {};
  for (const [name, path] of Object.entries(services)) {
    if (typeof path !== 'string') return refused(`services.${name}`, `expected a path, got ${show(path)}`);
    paths[name] = path;
  }
  const conditions = parseConditions(body['conditions']);
  if (!conditions.ok) return conditions;
  const log = body['log'];
  const lastSeq = isRecord(log) && typeof log['lastSeq'] === 'number' ? log['lastSeq'] : 0;
  return accepted({ id, expiresInSeconds, conditions: conditions.value, services: paths, lastSeq });
}
