import { useStore } from '@nanostores/react';
import { useMemo } from 'react';
import type { Connection } from '../../derive/connection.ts';
import type { WireLogView } from '../../derive/log-reader.ts';
import type { SessionState } from '../../lab/lab-session.ts';
import { $session } from '../../lab/session-store.ts';
import { userAgentOf } from '../../derive/client-name.ts';
import { recordedHandshake } from '../recordings/recorded-handshake.ts';

/** What a bench shows: the learner's own log, or a recorded one while there is no sandbox. */
export interface WireLogOnTable {
  session: SessionState;
  log: WireLogView;
  /** The log is the recording. */
  replay: boolean;
  /** The newest connection that this browser opened. */
  browserConnection: Connection | undefined;
}

/** The log that a bench shows. What the learner made stays on the table when the sandbox goes away. */
export function useWireLog(): WireLogOnTable {
  // What the page was built with comes first, even where another bench has found the lab already: React compares.
  const session = useStore($session, { ssr: 'initial' });
  const replay = session.status === 'offline' && session.log.connections.length === 0;
  const log = replay ? recordedHandshake() : session.log;
  const browserConnection = useMemo(
    () => (replay ? undefined : log.connections.findLast(isOfThisBrowser)),
    [replay, log],
  );
  return { session, log, replay, browserConnection };
}

const isOfThisBrowser = (connection: Connection): boolean =>
  connection.path !== null && userAgentOf(connection) === navigator.userAgent;
