import type { ReactNode } from 'react';
import { longestPauseMs } from '../../derive/playback.ts';

/** How to read the ladder, on request. It keeps its place where the inspector says it already. */
export function Legend({ spare }: { spare: boolean }) {
  return (
    <details className="wire-legend" data-spare={spare || undefined}>
      <summary>How to read the ladder</summary>
      <Signs />
    </details>
  );
}

/** What stands in the inspector while no rung is chosen: what to do, and how to read the ladder. */
export function Unchosen() {
  return (
    <div className="wire-unchosen wire-legend">
      <p className="wire-empty">
        Choose a rung of the ladder, by a click or with the arrow keys, to see what it holds, byte by byte.
      </p>
      <Signs />
    </div>
  );
}

/** The signs of the ladder, one by one. */
function Signs() {
  return (
    <>
      <dl>
        <Sign drawing={<Line className="arrow" from="client" />} name="Arrow">
          Bytes that crossed: blue from the client, amber from the server. It begins when the last byte
          entered the link and ends when it left: the steeper, the later.
        </Sign>
        <Sign drawing={<Line className="arrow" from="server" kind="control" />} name="Long dashes">
          A control frame: Close, Ping, Pong.
        </Sign>
        <Sign
          drawing={<Line className="arrow" from="client" kind="broken" />}
          name="Dots, and the word “illegal”"
        >
          A frame that breaks a rule of RFC 6455.
        </Sign>
        <Sign drawing={<Ticks />} name="Ticks across an arrow">
          The frame came in several pieces: TCP cuts where it likes. One tick for each cut, six at most.
        </Sign>
        <Sign drawing={<Shared />} name="Ring at its beginning">
          It came in the same piece as the end of the frame before it.
        </Sign>
        <Sign drawing={<Script />} name="Ring on the client’s rail">
          What the page’s script did or was told. Its clock is aligned with the wire’s by cause and effect.
        </Sign>
      </dl>
      <p>
        Arrow keys walk the rungs, Home and End go to the first and the last, Enter opens one, Escape leads
        back. A replay cuts pauses over {longestPauseMs} ms.
      </p>
    </>
  );
}

function Sign({ drawing, name, children }: { drawing: ReactNode; name: string; children: ReactNode }) {
  return (
    <div>
      <dt>
        <svg width="56" height="16" aria-hidden="true">
          {drawing}
        </svg>
        {name}
      </dt>
      <dd>{children}</dd>
    </div>
  );
}

function Line({ className, from, kind }: { className: string; from: 'client' | 'server'; kind?: string }) {
  const [start, end] = from === 'client' ? [2, 54] : [54, 2];
  const back = from === 'client' ? -10 : 10;
  return (
    <g className={className} data-from={from} data-kind={kind}>
      <line className="arrow-line" x1={start} x2={end} y1="8" y2="8" />
      <path className="arrow-head" d={`M${String(end)} 8 l${String(back)} -4.5 v9 Z`} />
    </g>
  );
}

function Ticks() {
  return (
    <g className="arrow" data-from="client">
      <line className="arrow-line" x1="2" x2="54" y1="8" y2="8" />
      <line className="chunk-tick" x1="20" x2="20" y1="3" y2="13" />
      <line className="chunk-tick" x1="36" x2="36" y1="3" y2="13" />
    </g>
  );
}

function Shared() {
  return (
    <g className="arrow" data-from="client">
      <line className="arrow-line" x1="8" x2="54" y1="8" y2="8" />
      <circle className="chunk-shared" cx="8" cy="8" r="4.5" />
    </g>
  );
}

function Script() {
  return <circle className="script-dot" cx="8" cy="8" r="4" />;
}
