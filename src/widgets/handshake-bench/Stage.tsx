import { useMemo, useState, type ReactNode } from 'react';
import type { Connection } from '../../derive/connection.ts';
import { headParts } from '../../derive/head-parts.ts';
import type { Witness } from '../../lab/witness.ts';
import type { WireLogOnTable } from '../bench/use-wire-log.ts';
import { paneFacts } from './pane-facts.ts';
import { clientName } from '../../derive/client-name.ts';
import { Evidence } from './Evidence.tsx';
import { HeadPane } from './HeadPane.tsx';
import { Inspector } from './Inspector.tsx';

export interface StageProps {
  connection: Connection | undefined;
  table: WireLogOnTable;
  witness: Witness | undefined;
  mode: string;
  /** What picks the connection. */
  children: ReactNode;
}

/** A part of one of the two heads. */
interface Pointed {
  kind: 'request' | 'response';
  part: string;
}

/** The two heads side by side, what the lit part means, and the evidence below. */
export function Stage({ connection, table, witness, mode, children }: StageProps) {
  const [lit, setLit] = useState<Pointed>();
  const [pinned, setPinned] = useState<Pointed>();
  const [invisible, setInvisible] = useState(false);
  const [hex, setHex] = useState(true);
  const { connections } = table.log;
  const earlier = useMemo(
    () => connection && earlierLike(connection, connections),
    [connection, connections],
  );
  const shown = lit ?? pinned;

  const pane = (kind: Pointed['kind']) => (
    <HeadPane
      {...paneFacts(kind, connection, earlier)}
      side={kind === 'request' ? 'client' : 'server'}
      lit={lit?.kind === kind ? lit.part : undefined}
      pinned={pinned?.kind === kind ? pinned.part : undefined}
      invisible={invisible}
      hex={hex}
      onLight={(part) => {
        setLit(part === undefined ? undefined : { kind, part });
      }}
      onPin={(part) => {
        setPinned(pinned?.kind === kind && pinned.part === part ? undefined : { kind, part });
      }}
    />
  );

  const shownHead = shown && connection?.[shown.kind];
  return (
    <>
      <div className="stage-bar">
        {children}
        <div className="stage-switches">
          <label className="check">
            <input
              type="checkbox"
              checked={invisible}
              onChange={() => {
                setInvisible(!invisible);
              }}
            />
            Show CR LF and spaces
          </label>
          <label className="check">
            <input
              type="checkbox"
              checked={hex}
              onChange={() => {
                setHex(!hex);
              }}
            />
            Hex
          </label>
        </div>
      </div>
      <div className="stage-under-inspector">
        <Inspector
          kind={shown?.kind ?? 'request'}
          part={shownHead && headParts(shownHead).find(({ id }) => id === shown.part)}
        />
        <div className="stage">
          {pane('request')}
          {pane('response')}
        </div>
      </div>
      {earlier && (
        <p className="stage-note">Marked in the lines: what differs from connection {earlier.conn}.</p>
      )}
      <Became connection={connection} />
      <Evidence connection={connection} table={table} witness={witness} mode={mode} />
    </>
  );
}

/** The connection before this one of the same client, to compare with. */
const earlierLike = (connection: Connection, connections: readonly Connection[]): Connection | undefined =>
  connections.findLast(
    (other) => other.conn < connection.conn && clientName(other) === clientName(connection),
  );

/** What the server received, where the link changed the request on the way. */
function Became({ connection }: { connection: Connection | undefined }) {
  const became = connection?.client.chunks.filter((chunk) => chunk.became !== undefined) ?? [];
  if (became.length === 0) return null;
  const text = became.map((chunk) => new TextDecoder().decode(chunk.became)).join('');
  return (
    <details className="became" open>
      <summary>Imposed: what the proxy passed on to the server</summary>
      <pre>{text}</pre>
    </details>
  );
}
