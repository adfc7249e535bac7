import { useStore } from '@nanostores/react';
import { memo } from 'react';
import { Lanes } from './Lanes.tsx';
import { RaceControls } from './RaceControls.tsx';
import { RaceTable } from './RaceTable.tsx';
import { $race } from './race-store.ts';

/** The race: sliders, the four lanes, the numbers, and what of it cannot be compared. */
export const RacePanel = memo(function RacePanel({ labId }: { labId: string | undefined }) {
  const state = useStore($race);
  const { view } = state;
  return (
    <div className="panel">
      <RaceControls labId={labId} />
      <Lanes state={state} />
      <RaceTable view={view} />
      <p className="panel-note race-notes" role="status">
        {view?.hasGap === true && 'The wire log has lost events: the counts of bytes are too low. '}
        {view?.isBehind === true &&
          'The wire log tells later than it happens: the counts of bytes are too low so far. '}
        {view?.wasHidden === true &&
          'This page was hidden for a while: browsers slow down what nobody sees, and the short poll stops. '}
        {view &&
          view.ledger.sharedConnections > 0 &&
          `${String(view.ledger.sharedConnections)} of the TCP connections carried more than one way: browsers use them again for whatever comes next. `}
      </p>
      <details className="race-caveats">
        <summary>What cannot be compared</summary>
        <ul>
          <li>
            Bytes are those of HTTP and WebSocket, counted on the link. The headers of TCP and IP below them
            are not: about 40 bytes more for each packet, and three packets to open a connection.
          </li>
          <li>
            The link’s delay is imposed on bytes. TCP’s own handshake does not wait for it here; on a real
            network it does.
          </li>
          <li>
            A payload is the whole body or frame. In a body there are also the brackets around the messages of
            a poll and the <code>id:</code> and <code>data:</code> of an event.
          </li>
          <li>
            The server’s own time is what its program spent on each way. What an idle connection costs it in
            memory is not in it.
          </li>
          <li>
            Times are by two clocks that are compared. Where the trip is shorter than their error, a message
            may seem to come before it was made.
          </li>
          <li>All four run in one page at once, and compete for its one thread.</li>
        </ul>
      </details>
    </div>
  );
});
