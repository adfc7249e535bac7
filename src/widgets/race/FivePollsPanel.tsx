import { useStore } from '@nanostores/react';
import { useMemo, useState } from 'react';
import { feedRequests, type FeedRequest } from '../../derive/feed-requests.ts';
import { feedState } from '../../lab/feed-client.ts';
import { sandboxOrigin } from '../../lab/sandbox-origin.ts';
import { $session } from '../../lab/session-store.ts';
import './five-polls.css';

const howMany = 5;

/** Five polls that were made: since when, in ms since the lab began. */
interface FivePolls {
  keepAlive: boolean;
  since: number;
  until: number | undefined;
  problem: string | undefined;
}

/** Asks five times, one after the other. */
async function pollFiveTimes(labId: string, keepAlive: boolean): Promise<FivePolls> {
  const { now, labStartedAt } = await feedState(labId);
  const url = new URL(`/labs/${labId}/feed/poll`, sandboxOrigin());
  if (!keepAlive) url.searchParams.set('connection', 'close');
  const run = { keepAlive, since: now - labStartedAt, until: undefined, problem: undefined };
  for (let polls = 0; polls < howMany; polls++) {
    const response = await fetch(url);
    if (!response.ok) return { ...run, problem: `HTTP ${String(response.status)}` };
    await response.text();
  }
  const after = await feedState(labId);
  return { ...run, until: after.now - labStartedAt };
}

/** How many TCP connections five polls need: with connections that are kept, and with ones that are not. */
export function FivePollsPanel({ labId }: { labId: string | undefined }) {
  const { log } = useStore($session);
  const [runs, setRuns] = useState<readonly FivePolls[]>([]);
  const [isBusy, setBusy] = useState(false);

  const go = async (keepAlive: boolean): Promise<void> => {
    if (labId === undefined) return;
    setBusy(true);
    try {
      const run = await pollFiveTimes(labId, keepAlive);
      setRuns((before) => [...before.filter((each) => each.keepAlive !== keepAlive), run]);
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error);
      setRuns((before) => [...before, { keepAlive, since: Infinity, until: undefined, problem }]);
    } finally {
      setBusy(false);
    }
  };

  return (
    <div className="panel">
      <p className="panel-lead">
        Five polls, one after the other, each asked when the last has been answered. How many TCP connections?
      </p>
      <div className="panel-row">
        {[true, false].map((keepAlive) => (
          <button
            key={String(keepAlive)}
            type="button"
            className="bench-button"
            disabled={labId === undefined || isBusy}
            onClick={() => void go(keepAlive)}
          >
            {keepAlive ? 'Five polls' : 'Five polls, connection closed after each'}
          </button>
        ))}
      </div>
      <div className="five-polls" role="status">
        {runs.map((run) => (
          <FivePollsResult key={String(run.keepAlive)} run={run} log={log} />
        ))}
      </div>
    </div>
  );
}

function FivePollsResult({ run, log }: { run: FivePolls; log: ReturnType<typeof $session.get>['log'] }) {
  const polls = useMemo(
    () =>
      feedRequests(log.connections, 'poll', run.since).filter(
        ({ beganAt }) => beganAt <= (run.until ?? Infinity),
      ),
    [log, run],
  );
  const connections = new Set(polls.map(({ connection }) => connection.conn)).size;
  const title = run.keepAlive ? 'Connections kept' : 'Connection closed after each';
  return (
    <section className="five-result" aria-label={title}>
      <h3>{title}</h3>
      {run.problem !== undefined && <p className="panel-error">{run.problem}</p>}
      <p>
        <strong>{polls.length} polls</strong> on{' '}
        <strong>
          {connections} TCP {connections === 1 ? 'connection' : 'connections'}
        </strong>
      </p>
      <ol>
        {polls.map((poll, index) => (
          <li key={poll.beganAt}>
            Poll {index + 1}: connection {poll.connection.conn}, {originOf(poll, polls.slice(0, index))}
          </li>
        ))}
      </ol>
    </section>
  );
}

/** Where the connection of a poll came from. */
function originOf({ connection, isFirst }: FeedRequest, before: readonly FeedRequest[]): string {
  if (isFirst) return 'opened for it';
  return before.some((poll) => poll.connection.conn === connection.conn)
    ? 'used again'
    : 'which the browser still had';
}
