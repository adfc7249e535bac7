import { useRef, useState, type ReactNode } from 'react';
import { draftFields, type DraftFieldId } from '../../derive/frame-draft.ts';
import { hexText } from '../../derive/hex-text.ts';
import type { BuilderAction, TrayItem } from './builder-state.ts';
import { partsOf } from './describe-bytes.ts';
import { DraftBytes } from './DraftBytes.tsx';
import { HeaderFields, type FieldsProps } from './HeaderFields.tsx';
import { isSame, parseFrameHex } from './input-forms.ts';
import { ParsedInput } from './ParsedInput.tsx';
import { mostEditableBytes, PayloadFields } from './PayloadFields.tsx';

export interface FrameEditorProps {
  item: TrayItem;
  act: (action: BuilderAction) => void;
  /** What stands below the bytes. */
  children: ReactNode;
}

/** One frame by its fields and by its bytes, which follow each other. */
export function FrameEditor({ item, act, children }: FrameEditorProps) {
  const [lit, setLit] = useState<DraftFieldId>();
  const controls = useRef<HTMLDivElement>(null);
  const parts = partsOf(item.bytes);
  const fields: FieldsProps = {
    item,
    lit,
    onLight: setLit,
    onEdit: (change, field) => {
      act({ type: 'edit', change, ...(field ? { field } : {}) });
    },
    onMistype: (field, text) => {
      act({ type: 'mistype', field, text });
    },
  };
  const pick = (field: DraftFieldId): void => {
    const group = field === 'extendedLength' ? 'length' : field;
    controls.current
      ?.querySelector<HTMLElement>(`[data-controls="${group}"] :is(input, select, textarea):enabled`)
      ?.focus();
  };
  return (
    <div className="frame-editor">
      <div className="editor-fields" ref={controls}>
        <fieldset disabled={!item.isHeaderWhole} className="editor-controls">
          <legend className="sr-only">Fields of the frame</legend>
          <HeaderFields {...fields} />
          <PayloadFields key={item.id} {...fields} />
        </fieldset>
        <p className="input-error" role="alert">
          {item.problem !== undefined && `${item.problem} Until then the bytes stay as they were.`}
          {!item.isHeaderWhole &&
            'The header is not whole, so the fields say nothing. They come back with its missing bytes; what is there can be sent as it is.'}
        </p>
      </div>
      <div className="editor-bytes">
        <DraftBytes bytes={item.bytes} before={item.before} lit={lit} onLight={setLit} onPick={pick} />
        {item.bytes.length <= mostEditableBytes ? (
          <ParsedInput
            key={item.id}
            label="The frame as hex, to edit or paste over"
            rows={3}
            value={hexText(item.bytes)}
            invalid={item.invalid.hex}
            parse={parseFrameHex}
            isCurrent={(bytes) => isSame(bytes, item.bytes)}
            onValue={(bytes) => {
              act({ type: 'write', bytes });
            }}
            onInvalid={(text) => {
              act({ type: 'mistype', field: 'hex', text });
            }}
            onCaret={(before) => {
              setLit(before === undefined ? undefined : fieldAt(item.bytes, before));
            }}
          />
        ) : (
          <p className="panel-note">Too long to edit as hex here; its fields can be changed.</p>
        )}
        {parts.length > 0 && (
          <p className="panel-row split">
            <span className="panel-note">By their headers these bytes are {parts.length} frames.</span>
            <button
              type="button"
              className="bench-button quiet"
              onClick={() => {
                act({ type: 'split', parts });
              }}
            >
              Make each a frame of the tray
            </button>
          </p>
        )}
        {children}
      </div>
    </div>
  );
}

/** The field of the byte that stands behind this much hex. */
function fieldAt(bytes: Uint8Array, before: string): DraftFieldId | undefined {
  const offset = Math.floor(before.replaceAll(/[^0-9a-f]/gi, '').length / 2);
  return draftFields(bytes).find(({ start, end }) => offset >= start && offset < end)?.id;
}
