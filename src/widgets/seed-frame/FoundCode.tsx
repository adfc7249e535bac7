import errors from '../../../lessons/samples/found-client-errors.js?raw';
import heartbeat from '../../../lessons/samples/found-client-heartbeat.js?raw';
import queue from '../../../lessons/samples/found-client-queue.js?raw';
import reconnect from '../../../lessons/samples/found-client-reconnect.js?raw';
import type { FoundName } from './found-names.ts';

const snippets: Readonly<Record<FoundName, string>> = { errors, heartbeat, queue, reconnect };

/** A snippet as found on the web: the file that the frame runs. */
export function FoundCode({ name }: { name: FoundName }) {
  return (
    <figure className="found-code">
      <figcaption className="panel-note">
        <code>lessons/samples/found-client-{name}.js</code>, in a sandboxed frame. <code>address</code> and{' '}
        <code>show</code> are given to it; the page calls <code>say</code> for each message.
      </figcaption>
      {/* eslint-disable-next-line jsx-a11y-x/no-noninteractive-tabindex -- what scrolls has to be scrolled by keys too */}
      <pre tabIndex={0}>{snippets[name].trimEnd()}</pre>
    </figure>
  );
}
