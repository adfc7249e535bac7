import { useState } from 'react';
import { hexText } from '../../derive/hex-text.ts';
import { readClosePayload, writeClosePayload } from '../../protocol/close-payload.ts';
import { Opcode } from '../../protocol/opcode.ts';
import { encodeUtf8, utf8Length } from '../../protocol/utf8.ts';
import { formatBytes } from '../../ui/units.ts';
import { FieldGroup } from './FieldGroup.tsx';
import type { FieldsProps } from './HeaderFields.tsx';
import { editableText, isSame, parseCloseCode, parseFrameHex, parseText } from './input-forms.ts';
import { ParsedInput } from './ParsedInput.tsx';

type Manner = 'text' | 'hex' | 'close';
const manners: readonly [Manner, string][] = [
  ['text', 'as text'],
  ['hex', 'as hex'],
  ['close', 'as close code and reason'],
];

/** A longer payload is not put into an input: the page would stand still. */
export const mostEditableBytes = 8192;

/** The payload data: as text, as hex, or as close code and reason. */
export function PayloadFields(props: FieldsProps) {
  const { item, lit, onLight, onEdit } = props;
  const { draft, invalid, id } = item;
  const [wanted, setWanted] = useState<Manner>();
  const [fill, setFill] = useState('126');
  const text = editableText(draft.payload);
  const close = readClosePayload(draft.payload);
  const possible: Record<Manner, boolean> = {
    text: text !== undefined,
    hex: true,
    close: draft.payload.length !== 1 && close.invalidReason === undefined,
  };
  const usual: Manner =
    draft.opcode === Opcode.close ? 'close' : invalid.payloadHex === undefined ? 'text' : 'hex';
  const wishes: (Manner | undefined)[] = [wanted, usual, 'text'];
  const manner = wishes.find((one) => one !== undefined && possible[one]) ?? 'hex';
  const isLong = draft.payload.length > mostEditableBytes;
  return (
    <FieldGroup id="payload" legend="Payload data" lit={lit} onLight={onLight}>
      <div className="manners" role="group" aria-label="How to write the payload data">
        {manners.map(([one, label]) => (
          <button
            key={one}
            type="button"
            className="bench-button quiet"
            aria-pressed={manner === one}
            disabled={!possible[one]}
            onClick={() => {
              setWanted(one);
            }}
          >
            {label}
          </button>
        ))}
        <span className="panel-note">{formatBytes(draft.payload.length)}, before masking</span>
      </div>
      {isLong ? (
        <p className="panel-note">
          Too long to edit here: {formatBytes(draft.payload.length)}, and up to{' '}
          {mostEditableBytes.toLocaleString('en')} fit. Fill it with fewer below, or send it as it is.
        </p>
      ) : (
        <PayloadInput key={`${manner} ${String(id)}`} manner={manner} text={text ?? ''} {...props} />
      )}
      {!possible.text && !isLong && manner !== 'close' && (
        <p className="panel-note">
          These bytes cannot be edited as text without losing some: they are not UTF-8, or hold control
          characters.
        </p>
      )}
      <form
        className="fill"
        onSubmit={(event) => {
          event.preventDefault();
          onEdit({ payload: new Uint8Array(Math.min(Number(fill), 65_536)).fill(0x61) }, 'payloadHex');
        }}
      >
        <label>
          Or fill it with{' '}
          <input
            type="number"
            min={0}
            max={65_536}
            step={1}
            required
            value={fill}
            onChange={({ target }) => {
              setFill(target.value);
            }}
          />{' '}
          times “a”
        </label>
        <button type="submit" className="bench-button quiet">
          Fill
        </button>
      </form>
    </FieldGroup>
  );
}

function PayloadInput({ manner, text, ...props }: FieldsProps & { manner: Manner; text: string }) {
  const { item, onEdit, onMistype } = props;
  const { draft, invalid } = item;
  const shared = (field: 'text' | 'payloadHex') => ({
    rows: 2,
    invalid: invalid[field],
    isCurrent: (payload: Uint8Array) => isSame(payload, draft.payload),
    onValue: (payload: Uint8Array) => {
      onEdit({ payload }, field);
    },
    onInvalid: (typed: string | undefined) => {
      onMistype(field, typed);
    },
  });
  switch (manner) {
    case 'text':
      return <ParsedInput label="Text, sent as UTF-8" value={text} parse={parseText} {...shared('text')} />;
    case 'hex':
      return (
        <ParsedInput
          label="Hex, before masking"
          value={hexText(draft.payload)}
          parse={parseFrameHex}
          {...shared('payloadHex')}
        />
      );
    case 'close':
      return <CloseInputs {...props} />;
  }
}

function CloseInputs({ item, onEdit, onMistype }: FieldsProps) {
  const { closeCode, closeReason } = readClosePayload(item.draft.payload);
  return (
    <div className="close-inputs">
      <ParsedInput
        label="Close code"
        value={closeCode === undefined ? '' : String(closeCode)}
        placeholder="none"
        invalid={item.invalid.code}
        parse={(text) => parseCloseCode(text, closeReason !== '')}
        isCurrent={(code) => code === closeCode}
        onValue={(code) => {
          onEdit({ payload: writeClosePayload(code, closeReason) }, 'code');
        }}
        onInvalid={(text) => {
          onMistype('code', text);
        }}
      />
      <label className="reason">
        <span>Close reason, {formatBytes(utf8Length(closeReason))} of at most 123</span>
        <input
          type="text"
          value={closeReason}
          disabled={closeCode === undefined}
          placeholder={closeCode === undefined ? 'needs a close code before it' : ''}
          autoComplete="off"
          onChange={({ target }) => {
            const reason = encodeUtf8(target.value);
            const code = item.draft.payload.subarray(0, 2);
            const payload = new Uint8Array(2 + reason.length);
            payload.set(code);
            payload.set(reason, 2);
            onEdit({ payload });
          }}
        />
      </label>
    </div>
  );
}
