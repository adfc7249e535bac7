import { useMemo } from 'react';
import type { HeadChanges } from '../../derive/head-changes.ts';
import { headParts, partAt } from '../../derive/head-parts.ts';
import { HeadText } from '../../ui/HeadText.tsx';
import { HexView } from '../../ui/HexView.tsx';
import { byteText } from '../../ui/byte-text.ts';
import { formatBytes } from '../../ui/units.ts';
import type { PaneFacts } from './pane-facts.ts';

export interface HeadPaneProps extends PaneFacts {
  side: 'client' | 'server';
  lit: string | undefined;
  pinned: string | undefined;
  invisible: boolean;
  hex: boolean;
  onLight: (part: string | undefined) => void;
  onPin: (part: string) => void;
}

/** One head of the handshake: raw text and the same bytes as hex, lit together. */
export function HeadPane(props: HeadPaneProps) {
  const { side, title, head, pending, body, when, lit, pinned, hex, onLight, onPin } = props;
  const parts = useMemo(() => (head ? headParts(head) : []), [head]);
  const litPart = parts.find(({ id }) => id === (lit ?? pinned));
  const bytes = head?.bytes ?? pending;
  return (
    <section className="head-pane" data-side={side} aria-label={title}>
      <header>
        <span className="side-letter" aria-hidden="true">
          {side === 'client' ? 'C' : 'S'}
        </span>
        <h3>{title}</h3>
        <span className="head-facts">
          {bytes.length > 0 && formatBytes(bytes.length)}
          {when !== undefined && ` · ${when}`}
        </span>
      </header>
      <div className="head-body">
        {head && (
          <HeadText
            bytes={head.bytes}
            parts={parts}
            lit={lit}
            pinned={pinned}
            invisible={props.invisible}
            changes={props.changes}
            label={`${title}, line by line`}
            onLight={onLight}
            onPin={onPin}
          />
        )}
        {!head && pending.length > 0 && (
          <pre className="head-raw">{Array.from(pending, withSigns).join('')}</pre>
        )}
        {bytes.length === 0 && <div className="head-empty">{props.empty}</div>}
        <Gone changes={props.changes} />
        {body.length > 0 && <pre className="head-raw response-body">{new TextDecoder().decode(body)}</pre>}
      </div>
      {hex && bytes.length > 0 && (
        <HexView
          bytes={bytes}
          lit={litPart?.range}
          label={`${title} as hex`}
          onLight={(offset) => {
            onLight(offset === undefined ? undefined : partAt(parts, offset)?.id);
          }}
          onPin={(offset) => {
            const part = partAt(parts, offset);
            if (part) onPin(part.id);
          }}
        />
      )}
    </section>
  );
}

/** A byte of a head that is not whole, its line end shown and made. */
const withSigns = (byte: number): string =>
  byteText(Uint8Array.of(byte), { invisible: true }) + (byte === 0x0a ? '\n' : '');

/** The lines that the handshake before had and this one has not. */
function Gone({ changes }: { changes: HeadChanges | undefined }) {
  if (!changes || changes.gone.length === 0) return null;
  return <p className="head-gone">Not sent this time: {changes.gone.map(({ name }) => name).join(', ')}</p>;
}
