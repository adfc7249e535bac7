import { useState } from 'react';
import { frameAnatomy, type AnatomySource } from '../../../derive/frame-anatomy.ts';
import { countless } from '../../../derive/rung-text.ts';
import type { FrameHeader, PendingFrame } from '../../../protocol/frame.ts';
import type { Side } from '../../../protocol/side.ts';
import { HexView } from '../../../ui/HexView.tsx';
import { formatBytes } from '../../../ui/units.ts';
import { BitTable } from './BitTable.tsx';
import { BrokenRules } from './BrokenRules.tsx';
import { FieldList } from './FieldList.tsx';
import { bytesOf, fieldAt } from './places.ts';
import './inspector.css';

export interface UnfinishedFrameProps {
  pending: PendingFrame;
  from: Side;
  /** The number that it will have once it is whole. */
  number: number;
  field: string | undefined;
  onField: (field: string | undefined) => void;
}

/** Most bytes of it that the hex view shows. */
const mostBytes = 1024;

/** A frame of which a part has come: what its header says already, the rules that this breaks, and what is waited for. */
export function UnfinishedFrame({ pending, from, number, field, onField }: UnfinishedFrameProps) {
  const [lit, setLit] = useState<string | undefined>();
  const { range, headerBytes, wirePayload, missingBytes, violations } = pending;
  const source = sourceOf(pending);
  const fields = source ? frameAnatomy(source, from) : [];
  const shown = lit ?? field;
  const shownField = fields.find(({ id }) => id === shown);
  const come = new Uint8Array([...headerBytes, ...wirePayload.subarray(0, mostBytes)]);
  const choose = (id: string): void => {
    onField(id === field ? undefined : id);
  };
  return (
    <section className="frame-inspector" data-side={from} aria-label="Unfinished frame, bit by bit">
      <header className="frame-story">
        <p className="frame-title">
          <span className="side-letter" data-side={from} aria-hidden="true">
            {from === 'client' ? 'C' : 'S'}
          </span>
          <strong>Unfinished frame.</strong>
        </p>
        <BrokenRules violations={violations} range={range} />
        <p className="frame-facts">
          {formatBytes(range.end - range.start)} have come.{' '}
          {source
            ? `Its header promises ${countless(missingBytes) ?? `${formatBytes(missingBytes)} more`}: whatever comes next is taken for them.`
            : 'Its header is not whole: nobody knows yet how long it will be.'}
        </p>
      </header>
      <BitTable fields={fields} shown={shown} onLight={setLit} onChoose={choose} />
      <div className="inspector-pair">
        <HexView
          bytes={come}
          lit={shownField && bytesOf(shownField)}
          label="What has come of the frame, as hex"
          onLight={(offset) => {
            setLit(offset === undefined ? undefined : fieldAt(fields, offset)?.id);
          }}
          onPin={(offset) => {
            const found = fieldAt(fields, offset);
            if (found) choose(found.id);
          }}
        />
        {source && (
          <FieldList
            fields={fields}
            chosen={field}
            shown={shown}
            frameNumber={number}
            onLight={setLit}
            onChoose={choose}
          />
        )}
      </div>
    </section>
  );
}

/** What its fields are read from, once the header is whole: the masking-key is the last that it says. */
const sourceOf = ({ header, range, violations }: PendingFrame): AnatomySource | undefined =>
  isWhole(header) ? { ...header, range, violations } : undefined;

const isWhole = (header: Partial<FrameHeader>): header is FrameHeader => 'maskingKey' in header;
