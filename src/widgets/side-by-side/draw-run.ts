import type { Connection } from '../../derive/connection.ts';
import {
  pictureOfRequests,
  pictureOfSockets,
  type TransportPicture,
} from '../../derive/transport-picture.ts';
import { markOf } from '../../derive/mark-of.ts';
import type { Run } from './run-both.ts';

/** A run with what the wire log has of it. */
export interface DrawnRun {
  run: Run;
  polls: TransportPicture;
  socket: TransportPicture;
}

/** Draws a run from the wire log. */
export function drawRun(connections: readonly Connection[], run: Run): DrawnRun {
  const isPoll = (target: string): boolean => markOf(target) === run.mark && target.includes('/feed/poll?');
  const isSocket = (target: string): boolean =>
    markOf(target) === run.mark && !target.includes('/feed/poll?');
  return {
    run,
    polls: pictureOfRequests(connections, isPoll),
    socket: pictureOfSockets(connections, isSocket),
  };
}
