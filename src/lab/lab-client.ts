import { isApiError } from '../contract/api-error.ts';
import { parseConditions, type Conditions } from '../contract/conditions.ts';
import type { Cut } from '../contract/cut.ts';
import {
  parseKnownLab,
  parseScriptStatus,
  type HeardEnd,
  type KnownLab,
  type ScriptStatus,
} from '../contract/lab.ts';
import type { MessageFault } from '../contract/message-fault.ts';
import type { Restart } from '../contract/restart.ts';
import { isRecord, type Parsed } from '../contract/result.ts';
import { sandboxOrigin } from './sandbox-origin.ts';

/** The sandbox answered, and said no. */
export class SandboxRefusal extends Error {
  readonly status: number;
  readonly code: string;
  /** What to do next, in the sandbox's own words. */
  readonly hint: string;

  constructor(status: number, code: string, message: string, hint: string) {
    super(message);
    this.name = 'SandboxRefusal';
    this.status = status;
    this.code = code;
    this.hint = hint;
  }
}

/** The sandbox did not answer: it is not running, or not reachable from this page. */
export class SandboxUnreachable extends Error {
  constructor(cause: unknown) {
    super(`The sandbox does not answer at ${sandboxOrigin()}.`, { cause });
    this.name = 'SandboxUnreachable';
  }
}

/** Makes a new lab. Throws `SandboxRefusal` or `SandboxUnreachable`. */
export const createLab = async (): Promise<KnownLab> => accept(parseKnownLab(await call('POST', '/labs')));

/** The lab of that id, or `undefined` where it has expired or was of a sandbox that is gone. */
export async function findLab(id: string): Promise<KnownLab | undefined> {
  try {
    return accept(parseKnownLab(await call('GET', `/labs/${encodeURIComponent(id)}`)));
  } catch (error) {
    if (error instanceof SandboxRefusal && error.status === 404) return undefined;
    throw error;
  }
}

/** What the server's program heard of the last connections of a lab that ended. */
export async function heardEnds(id: string): Promise<readonly HeardEnd[]> {
  const status = await call('GET', `/labs/${id}`);
  const ends = isRecord(status) ? status['heardEnds'] : undefined;
  return Array.isArray(ends) ? ends.filter(isHeardEnd) : [];
}

const isHeardEnd = (value: unknown): value is HeardEnd =>
  isRecord(value) &&
  typeof value['conn'] === 'number' &&
  typeof value['at'] === 'number' &&
  typeof value['code'] === 'number' &&
  typeof value['reason'] === 'string';

/** Changes what the link of a lab does; answers what it does now. */
export const changeConditions = async (id: string, patch: Partial<Conditions>): Promise<Conditions> =>
  accept(parseConditions(await call('PATCH', `/labs/${id}/conditions`, patch)));

/** Ends one connection of a lab, or all, now. */
export async function cut(id: string, how: Cut): Promise<void> {
  await call('POST', `/labs/${id}/cut`, how);
}

/** Restarts the server of a lab, as a deployment does; what is left out is as in `plainRestart`. */
export async function restartServer(id: string, restart: Partial<Restart> = {}): Promise<void> {
  await call('POST', `/labs/${id}/restart`, restart);
}

/** Has the next message of a side dropped, doubled or overtaken, once. */
export async function orderMessageFault(id: string, fault: MessageFault): Promise<void> {
  await call('POST', `/labs/${id}/message-fault`, fault);
}

/** Takes back the faults that wait for their message. */
export async function forgetMessageFaults(id: string): Promise<void> {
  await call('DELETE', `/labs/${id}/message-fault`);
}

/** Runs a fault script in a lab, in the place of one that runs. */
export const runScript = async (id: string, script: { preset: string }): Promise<ScriptStatus | null> =>
  accept(parseScriptStatus(await call('POST', `/labs/${id}/script`, script)));

/** Ends the fault script that runs. */
export async function stopScript(id: string): Promise<void> {
  await call('DELETE', `/labs/${id}/script`);
}

/** The fault script that runs in a lab; `null` where none does. */
export async function runningScript(id: string): Promise<ScriptStatus | null> {
  const status = await call('GET', `/labs/${id}`);
  return accept(parseScriptStatus(isRecord(status) ? status['script'] : undefined));
}

/** Sends the clients of a lab, or the one of a connection, bytes as if by the server; `bytes` as hex digits. */
export async function inject(id: string, bytes: string, connection?: number): Promise<void> {
  await call('POST', `/labs/${id}/inject`, { bytes, ...(connection === undefined ? {} : { connection }) });
}

/** Asks the sandbox's API. Throws `SandboxRefusal` or `SandboxUnreachable`. */
export async function call(method: string, path: string, body?: unknown): Promise<unknown> {
  let response: Response;
  try {
    response = await fetch(new URL(path, sandboxOrigin()), {
      method,
      // Browsers send such requests on other TCP connections than those with credentials: what a lab's link does to the
      // connections of its services, and how many of those there are, never stands in the way of the controls.
      credentials: 'omit',
      ...(body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } }),
    });
  } catch (error) {
    throw new SandboxUnreachable(error);
  }
  const answer: unknown = await response.json().catch(() => undefined);
  if (response.ok) return answer;
  if (isApiError(answer)) {
    const { code, message, hint } = answer.error;
    throw new SandboxRefusal(response.status, code, message, hint);
  }
  // A site that is served without its sandbox answers with a page of its own: nobody is there who knows of labs.
  throw new SandboxUnreachable(new Error(`HTTP ${String(response.status)} without the sandbox's body`));
}

/** What the sandbox answered, read. Throws `SandboxUnreachable` where it is not what a sandbox answers. */
export function accept<T>(parsed: Parsed<T>): T {
  if (parsed.ok) return parsed.value;
  throw new SandboxUnreachable(new Error(`${parsed.field}: ${parsed.message}`));
}
