import { useMemo } from 'react';
import type { Connection, TimedFrame } from '../../derive/connection.ts';
import { frameFields } from '../../derive/frame-fields.ts';
import { hexByte } from '../../ui/byte-text.ts';
import './frame-table.css';

/** How many bytes of a payload the table shows. */
const mostBytes = 48;

/** One frame, field by field: its bytes, its bits, and what they say. */
export function FrameTable({ frame, connection }: { frame: TimedFrame; connection: Connection }) {
  const fields = useMemo(() => frameFields(frame, connection[frame.from]), [frame, connection]);
  return (
    <table className="frame-table" data-side={frame.from}>
      <caption className="sr-only">Frame {frame.index}, field by field</caption>
      <thead>
        <tr>
          <th scope="col">Field</th>
          <th scope="col">Bytes</th>
          <th scope="col">What they say</th>
        </tr>
      </thead>
      <tbody>
        {fields.map(({ id, name, bytes, bits, says, section }) => (
          <tr key={id}>
            <th scope="row">{name}</th>
            <td>
              <code>
                {[...bytes.subarray(0, mostBytes)].map(hexByte).join(' ')}
                {bytes.length > mostBytes && ' …'}
              </code>
              {bits !== undefined && <code className="bits">{bits}</code>}
            </td>
            <td>
              {says} <span className="section">{section}</span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
