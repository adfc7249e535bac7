import { useMemo, useState } from 'react';
import type { Connection, TimedFrame } from '../../../derive/connection.ts';
import { frameAnatomy } from '../../../derive/frame-anatomy.ts';
import { frameViolations } from '../../../derive/frame-violations.ts';
import { streamBytes } from '../../../derive/stream-bytes.ts';
import { HexView } from '../../../ui/HexView.tsx';
import { formatBytes } from '../../../ui/units.ts';
import { BitTable } from './BitTable.tsx';
import { FieldList } from './FieldList.tsx';
import { FrameStory } from './FrameStory.tsx';
import { Payload } from './Payload.tsx';
import { bytesOf, fieldAt } from './places.ts';
import './inspector.css';

export interface FrameInspectorProps {
  connection: Connection;
  frame: TimedFrame;
  /** The chosen field, by its id. */
  field: string | undefined;
  onField: (field: string | undefined) => void;
}

/** Most bytes of a frame that the hex view shows. */
const mostBytes = 1024;

/** A frame down to the bit: its fields as the standard draws them, what they say, its bytes, its payload data. */
export function FrameInspector({ connection, frame: timed, field, onField }: FrameInspectorProps) {
  const { frame, from, range, index } = timed;
  const [lit, setLit] = useState<string | undefined>();
  const violations = frameViolations(connection, timed);
  const fields = useMemo(() => frameAnatomy(frame, from, violations), [frame, from, violations]);
  const stream = connection[from];
  // The bytes of a frame that is whole never change; the stream around it grows all the time.
  const bytes = useMemo(
    () => streamBytes(stream, { start: range.start, end: Math.min(range.end, range.start + mostBytes) }),
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [timed],
  );
  const shown = lit ?? field;
  const shownField = fields.find(({ id }) => id === shown);
  const choose = (id: string): void => {
    onField(id === field ? undefined : id);
  };
  const length = range.end - range.start;
  return (
    <section className="frame-inspector" data-side={from} aria-label={`Frame ${String(index)}, bit by bit`}>
      <FrameStory connection={connection} timed={timed} violations={violations} />
      <BitTable fields={fields} shown={shown} onLight={setLit} onChoose={choose} />
      <div className="inspector-pair">
        <div className="inspector-bytes">
          <HexView
            bytes={bytes}
            lit={shownField && bytesOf(shownField)}
            label={`Frame ${String(index)} as hex`}
            onLight={(offset) => {
              setLit(offset === undefined ? undefined : fieldAt(fields, offset)?.id);
            }}
            onPin={(offset) => {
              const found = fieldAt(fields, offset);
              if (found) choose(found.id);
            }}
          />
          {length > mostBytes && (
            <p className="inspector-note">
              The first {mostBytes} of {formatBytes(length)}.
            </p>
          )}
          <Payload connection={connection} timed={timed} />
        </div>
        <FieldList
          fields={fields}
          chosen={field}
          shown={shown}
          frameNumber={index}
          onLight={setLit}
          onChoose={choose}
        />
      </div>
    </section>
  );
}
