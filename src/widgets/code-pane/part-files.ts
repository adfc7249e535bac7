import acknowledgement from '../../resilient-socket/acknowledgement.ts?raw';
import backoff from '../../resilient-socket/backoff.ts?raw';
import heartbeat from '../../resilient-socket/heartbeat.ts?raw';
import incoming from '../../resilient-socket/incoming.ts?raw';
import outgoing from '../../resilient-socket/outgoing.ts?raw';
import reconnect from '../../resilient-socket/reconnect.ts?raw';
import resume from '../../resilient-socket/resume.ts?raw';
import sendQueue from '../../resilient-socket/send-queue.ts?raw';
import wire from '../../resilient-socket/wire.ts?raw';

/** The sources that a run may run, as they stand in `src/resilient-socket/`. */
export const sources = {
  'reconnect.ts': reconnect,
  'backoff.ts': backoff,
  'heartbeat.ts': heartbeat,
  'send-queue.ts': sendQueue,
  'acknowledgement.ts': acknowledgement,
  'resume.ts': resume,
  'incoming.ts': incoming,
  'outgoing.ts': outgoing,
  'wire.ts': wire,
} as const;
export type SourceFile = keyof typeof sources;

/** The lines of each. */
export const sourceLines = Object.fromEntries(
  Object.entries(sources).map(([file, text]) => [file, text.trimEnd().split('\n')]),
) as unknown as Readonly<Record<SourceFile, readonly string[]>>;
