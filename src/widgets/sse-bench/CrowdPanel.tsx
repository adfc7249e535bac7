import { useStore } from '@nanostores/react';
import { useEffect, useMemo, useState } from 'react';
import { eventStreamsOf, type EventStream } from '../../derive/event-streams.ts';
import { calmFeed } from '../bench/calm-feed.ts';
import { isOpenTo } from '../bench/echo-socket.ts';
import { markOf } from '../../derive/mark-of.ts';
import type { WireLogOnTable } from '../bench/use-wire-log.ts';
import { $asking, $crowd, closeCrowd, crowdSocket, isClosed, openCrowd } from './crowd.ts';
import { CrowdBeside } from './CrowdBeside.tsx';
import { CrowdButtons } from './CrowdButtons.tsx';
import { CrowdTable } from './CrowdTable.tsx';
import { useNow } from './use-now.ts';

/** More event streams than a browser has connections for: which of them reach the server, and what else still does. */
export function CrowdPanel({ table }: { table: WireLogOnTable }) {
  const crowd = useStore($crowd);
  const asking = useStore($asking);
  const witness = useStore(crowdSocket.$witness);
  const { session, log, replay } = table;
  const [trouble, setTrouble] = useState('');
  const services = replay ? undefined : session.lab?.services;
  const events = services?.['feed/events'];
  const labId = replay ? undefined : session.lab?.id;
  const isRunning = crowd.some((stream) => !isClosed(stream));
  const now = useNow(isRunning || asking?.answeredAt === undefined);
  const streams = useMemo(() => streamsByMark(log.connections.flatMap(eventStreamsOf)), [log]);
  const onWire = crowd.filter((stream) => streams.has(stream.mark));
  const reached = onWire.filter((stream) => !isClosed(stream)).length;
  const waiting = crowd.filter((stream) => !isClosed(stream)).length - reached;

  useEffect(() => closeCrowd, [events]);

  const begin = async (id: string, path: string): Promise<void> => {
    setTrouble('');
    try {
      await calmFeed(id);
      openCrowd(path);
    } catch (error) {
      setTrouble(error instanceof Error ? error.message : String(error));
    }
  };

  return (
    <div className="panel">
      <CrowdButtons
        services={services}
        isRunning={isRunning}
        isSocketOpen={isOpenTo(witness, services?.['echo'])}
        onOpen={(path) => {
          if (labId !== undefined) void begin(labId, path);
        }}
      />
      <p className="panel-error" role="alert">
        {trouble}
      </p>
      <p className="crowd-sum" role="status">
        {crowd.length === 0
          ? 'Nothing is open.'
          : `${String(crowd.length)} event streams made, ${String(onWire.length)} of them have reached the server. Now: ${String(reached)} on the wire, ${String(waiting)} waiting inside your browser.`}
      </p>
      <CrowdBeside witness={witness} now={now} />
      <CrowdTable crowd={crowd} streams={streams} now={now} />
      <p className="panel-note">
        While they are open this page can fetch nothing else from its server, not even a part of its own code.
        A link that you follow closes them first.
      </p>
    </div>
  );
}

const streamsByMark = (streams: readonly EventStream[]): ReadonlyMap<string, EventStream> =>
  new Map(
    streams.flatMap((stream) => {
      const mark = markOf(stream.target);
      return mark === undefined ? [] : [[mark, stream] as const];
    }),
  );
