import { byteChange } from '../../derive/byte-change.ts';
import { draftFields, type DraftFieldId } from '../../derive/frame-draft.ts';
import { hexByte, printable } from '../../ui/byte-text.ts';
import { formatBytes } from '../../ui/units.ts';
import './draft-bytes.css';

/** So many bytes of a field are shown. */
const mostBytes = 96;

export interface DraftBytesProps {
  bytes: Uint8Array;
  /** The bytes before the last change. */
  before: Uint8Array | undefined;
  lit: DraftFieldId | undefined;
  onLight: (field: DraftFieldId | undefined) => void;
  /** The learner chose a field: its control takes over. */
  onPick: (field: DraftFieldId) => void;
}

/** The bytes of the draft by their fields, what the last change did to them marked. */
export function DraftBytes({ bytes, before, lit, onLight, onPick }: DraftBytesProps) {
  const change = before && byteChange(before, bytes);
  const isChanged = (offset: number): boolean | undefined =>
    change && offset >= change.is.start && offset < change.is.end ? true : undefined;
  return (
    <div className="draft-bytes">
      <div className="draft-fields">
        {bytes.length === 0 && <p className="panel-note">No bytes yet.</p>}
        {draftFields(bytes).map(({ id, name, start, end }) => {
          const shown = bytes.subarray(start, Math.min(end, start + mostBytes));
          const hidden = end - start - shown.length;
          return (
            <button
              key={id}
              type="button"
              className="draft-field"
              data-field={id}
              data-lit={lit === id || undefined}
              title={`Go to the controls of: ${name}`}
              onPointerEnter={() => {
                onLight(id);
              }}
              onPointerLeave={() => {
                onLight(undefined);
              }}
              onFocus={() => {
                onLight(id);
              }}
              onBlur={() => {
                onLight(undefined);
              }}
              onClick={() => {
                onPick(id);
              }}
            >
              <span className="draft-field-bytes">
                {[...shown].map((byte, index) => (
                  <span key={index} data-changed={isChanged(start + index)}>
                    {hexByte(byte)}
                  </span>
                ))}
                {hidden > 0 && <span className="draft-rest">… {formatBytes(hidden)} more</span>}
              </span>
              <span className="draft-field-name">
                {name}
                {start < 2 && <code>{bitsOf(bytes[start] ?? 0, id === 'flags' ? [1, 3, 4] : [1, 7])}</code>}
                {id === 'payload' && shown.length > 0 && (
                  <code aria-hidden="true">{[...shown.subarray(0, 16)].map(printable).join('')}</code>
                )}
              </span>
            </button>
          );
        })}
      </div>
      <p className="draft-change">{changeSays(before, bytes)}</p>
    </div>
  );
}

/** The bits of a byte in groups of the given sizes. */
function bitsOf(byte: number, sizes: readonly number[]): string {
  const bits = byte.toString(2).padStart(8, '0');
  let at = 0;
  return sizes.map((size) => bits.slice(at, (at += size))).join(' ');
}

function changeSays(before: Uint8Array | undefined, bytes: Uint8Array): string {
  const size = `${formatBytes(bytes.length)} in all.`;
  const change = before && byteChange(before, bytes);
  if (!before || !change) return size;
  const { was, is } = change;
  const wasCount = was.end - was.start;
  const isCount = is.end - is.start;
  const at = `at byte ${String(is.start)}`;
  if (wasCount === 1 && isCount === 1) {
    return `${size} Changed: byte ${String(is.start)}, ${hexByte(before[was.start] ?? 0)} → ${hexByte(bytes[is.start] ?? 0)}.`;
  }
  if (wasCount === isCount) return `${size} Changed: ${formatBytes(isCount)} ${at}.`;
  if (wasCount === 0) return `${size} Put in: ${formatBytes(isCount)} ${at}.`;
  if (isCount === 0) return `${size} Taken out: ${formatBytes(wasCount)} ${at}.`;
  return `${size} Changed: ${formatBytes(wasCount)} ${at} became ${String(isCount)}.`;
}
