import { mayBeSent } from '../protocol/close-code.ts';
import { accepted, isRecord, refused, show, type Parsed } from './result.ts';

/**
 * Body of `POST /labs/<id>/restart`: the server takes no more connections, closes those of the lab, is down for a while,
 * and comes back, as in a deployment.
 */
export interface Restart {
  /**
   * The code of its Close frames: 1012 (service restart) or 1001 (going away), or any that may be sent; `null`: it is
   * killed, and says nothing: its connections are reset.
   */
  code: number | null;
  /** Connections are closed in random order over so long, ms; 0: all at once. */
  overMs: number;
  /** How long it is down after that, ms; `null`: not at all, since another server takes new connections from the first. */
  downMs: number | null;
}

/** A restart for which nothing is asked in particular. */
export const plainRestart: Readonly<Restart> = { code: 1012, overMs: 0, downMs: 3000 };

/** What the code of a restart may be, in words. */
export const restartCodes = 'a close code that may be sent, such as 1001 or 1012, or null';

/** Whether a restart may have this code. */
export const isRestartCode = (value: unknown): value is Restart['code'] =>
  value === null || (typeof value === 'number' && Number.isInteger(value) && mayBeSent(value));

/** Whether a value is a time from 0 on, ms. */
export const isDuration = (value: unknown, mostMs: number): value is number =>
  typeof value === 'number' && value >= 0 && value <= mostMs;

/** Longest that each of the two may be, ms. */
const maxMs = 60_000;

/** Reads the body of `POST /labs/<id>/restart`; what it does not name is as in `plainRestart`. */
export function parseRestart(body: unknown): Parsed<Restart> {
  if (!isRecord(body)) return refused('body', `expected a JSON object, got ${show(body)}`);
  const restart = { ...plainRestart };
  for (const [field, value] of Object.entries(body)) {
    if (field === 'code') {
      if (!isRestartCode(value)) return refused(field, `expected ${restartCodes}, got ${show(value)}`);
      restart.code = value;
    } else if (field === 'overMs' || field === 'downMs') {
      if (!isDuration(value, maxMs) && !(field === 'downMs' && value === null)) {
        return refused(field, `expected a number from 0 to ${String(maxMs)} ms, got ${show(value)}`);
      }
      Object.assign(restart, { [field]: value });
    } else {
      return refused(field, 'unknown field; the known ones are code, overMs, downMs');
    }
  }
  return accepted(restart);
}
