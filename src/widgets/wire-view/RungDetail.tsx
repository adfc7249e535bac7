import { useState } from 'react';
import { headParts, partAt } from '../../derive/head-parts.ts';
import type { Rung } from '../../derive/rung.ts';
import { rungDetail, rungLabel, rungSentence } from '../../derive/rung-text.ts';
import { streamBytes } from '../../derive/stream-bytes.ts';
import type { RequestHead, ResponseHead } from '../../protocol/http-head.ts';
import { HeadText } from '../../ui/HeadText.tsx';
import { HexView } from '../../ui/HexView.tsx';
import { FrameInspector } from './inspector/FrameInspector.tsx';
import { UnfinishedFrame } from './inspector/UnfinishedFrame.tsx';

export interface RungDetailProps {
  rung: Rung;
  field: string | undefined;
  onField: (field: string | undefined) => void;
}

/** What a rung holds: a frame's fields, a head's lines, the text of a body, or a sentence. */
export default function RungDetail({ rung, field, onField }: RungDetailProps) {
  const { what, connection, from } = rung;
  if (what.kind === 'frame' && connection) {
    return <FrameInspector connection={connection} frame={what.frame} field={field} onField={onField} />;
  }
  if (what.kind === 'unfinished' && what.of === 'frame' && (from === 'client' || from === 'server')) {
    const pending = connection?.pending[from];
    if (connection && pending) {
      const number = connection.frames.length + 1;
      return (
        <UnfinishedFrame pending={pending} from={from} number={number} field={field} onField={onField} />
      );
    }
  }
  const head = headOf(rung);
  if (head) return <Head head={head} field={field} onField={onField} />;
  if (what.kind === 'body' && what.content && connection) {
    const content = streamBytes(connection[what.of], what.content);
    return <pre className="wire-body">{new TextDecoder().decode(content)}</pre>;
  }
  return (
    <p className="wire-sentence">
      <strong>{rungLabel(rung)}.</strong> {rungDetail(rung) || rungSentence(rung)}
    </p>
  );
}

const headOf = ({ what }: Rung): RequestHead | ResponseHead | undefined =>
  what.kind === 'request' || what.kind === 'response' ? what.head : undefined;

function Head({
  head,
  field,
  onField,
}: { head: RequestHead | ResponseHead } & Omit<RungDetailProps, 'rung'>) {
  const [lit, setLit] = useState<string | undefined>();
  const parts = headParts(head);
  const title = head.kind === 'request' ? 'Request' : 'Response';
  return (
    <div className="wire-head" data-side={head.kind === 'request' ? 'client' : 'server'}>
      <HeadText
        bytes={head.bytes}
        parts={parts}
        lit={lit}
        pinned={field}
        invisible={false}
        changes={undefined}
        label={`${title}, line by line`}
        onLight={setLit}
        onPin={onField}
      />
      <HexView
        bytes={head.bytes}
        lit={parts.find(({ id }) => id === (lit ?? field))?.range}
        label={`${title} as hex`}
        onLight={(offset) => {
          setLit(offset === undefined ? undefined : partAt(parts, offset)?.id);
        }}
        onPin={(offset) => {
          onField(partAt(parts, offset)?.id);
        }}
      />
    </div>
  );
}
