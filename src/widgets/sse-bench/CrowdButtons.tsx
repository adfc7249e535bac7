import type { ServicePaths } from '../../contract/lab.ts';
import { askMeanwhile, closeCrowd, crowdSize, crowdSocket } from './crowd.ts';

export interface CrowdButtonsProps {
  /** The paths of the lab's services; `undefined` while there is no sandbox. */
  services: ServicePaths | undefined;
  isRunning: boolean;
  isSocketOpen: boolean;
  /** Opens the crowd on this path. */
  onOpen: (path: string) => void;
}

/** What can be done with the crowd, and what can be tried beside it. */
export function CrowdButtons({ services, isRunning, isSocketOpen, onOpen }: CrowdButtonsProps) {
  const events = services?.['feed/events'];
  const echo = services?.['echo'];
  const poll = services?.['feed/poll'];
  return (
    <div className="panel-row">
      <button
        type="button"
        className="bench-button primary"
        disabled={events === undefined || isRunning}
        onClick={() => {
          if (events !== undefined) onOpen(events);
        }}
      >
        Open {crowdSize} event streams
      </button>
      <button
        type="button"
        className="bench-button"
        disabled={echo === undefined || !isRunning || isSocketOpen}
        onClick={() => {
          if (echo !== undefined) crowdSocket.connect(echo);
        }}
      >
        Open a WebSocket meanwhile
      </button>
      <button
        type="button"
        className="bench-button"
        disabled={poll === undefined || !isRunning}
        onClick={() => {
          if (poll !== undefined) void askMeanwhile(poll);
        }}
      >
        fetch() something meanwhile
      </button>
      <button type="button" className="bench-button" disabled={!isRunning} onClick={closeCrowd}>
        Close all
      </button>
    </div>
  );
}
