import type { FrameDraft } from '../../derive/frame-draft.ts';
import { hexText } from '../../derive/hex-text.ts';
import type { TextFieldName, TrayItem } from './builder-state.ts';
import type { DraftFieldId } from '../../derive/frame-draft.ts';
import { FieldGroup } from './FieldGroup.tsx';
import { isSame, parseKey, parseLength } from './input-forms.ts';
import { newMaskingKey } from './masking-key.ts';
import { ParsedInput } from './ParsedInput.tsx';

/** What the controls of a frame need to know and may say. */
export interface FieldsProps {
  item: TrayItem;
  lit: DraftFieldId | undefined;
  onLight: (field: DraftFieldId | undefined) => void;
  onEdit: (change: Partial<FrameDraft>, field?: TextFieldName) => void;
  onMistype: (field: TextFieldName, text: string | undefined) => void;
}

const opcodes: readonly string[] = Array.from({ length: 16 }, (_, opcode) => {
  const names: Record<number, string> = {
    0: 'continuation',
    1: 'text',
    2: 'binary',
    8: 'close',
    9: 'ping',
    10: 'pong',
  };
  return `0x${opcode.toString(16).toUpperCase()} ${names[opcode] ?? 'reserved'}`;
});
const lengthForms = [
  ['shortest', 'the shortest'],
  ['7', '7 bits'],
  ['16', '7 + 16 bits'],
  ['64', '7 + 64 bits'],
] as const;

/** The controls of the header, in the order of its bytes. */
export const HeaderFields = (props: FieldsProps) => (
  <>
    <FlagsFields {...props} />
    <LengthFields {...props} />
    <KeyFields {...props} />
  </>
);

function FlagsFields(props: FieldsProps) {
  const { item, lit, onLight, onEdit } = props;
  return (
    <FieldGroup id="flags" legend="First byte" lit={lit} onLight={onLight}>
      <Bit name="fin" label="FIN" {...props} />
      <Bit name="rsv1" label="RSV1" {...props} />
      <Bit name="rsv2" label="RSV2" {...props} />
      <Bit name="rsv3" label="RSV3" {...props} />
      <label className="select-option">
        opcode
        <select
          value={item.draft.opcode}
          onChange={({ target }) => {
            onEdit({ opcode: Number(target.value) });
          }}
        >
          {opcodes.map((name, opcode) => (
            <option key={name} value={opcode}>
              {name}
            </option>
          ))}
        </select>
      </label>
    </FieldGroup>
  );
}

interface BitProps extends FieldsProps {
  name: 'fin' | 'rsv1' | 'rsv2' | 'rsv3' | 'masked';
  label: string;
}

const Bit = ({ name, label, item, onEdit }: BitProps) => (
  <label className="bit">
    <input
      type="checkbox"
      checked={item.draft[name]}
      onChange={() => {
        onEdit({ [name]: !item.draft[name] });
      }}
    />
    {label} <code aria-hidden="true">{item.draft[name] ? '1' : '0'}</code>
  </label>
);

function LengthFields(props: FieldsProps) {
  const { item, lit, onLight, onEdit, onMistype } = props;
  const { draft } = item;
  const trueLength = BigInt(draft.payload.length);
  return (
    <FieldGroup id="length" legend="Second byte and length" lit={lit} onLight={onLight}>
      <Bit name="masked" label="MASK" {...props} />
      <label className="select-option">
        length written in
        <select
          value={String(draft.lengthForm)}
          onChange={({ target }) => {
            onEdit({ lengthForm: formOf(target.value) });
          }}
        >
          {lengthForms.map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      </label>
      <ParsedInput
        label="a false length"
        value={draft.falseLength === undefined ? '' : String(draft.falseLength)}
        placeholder={`${String(trueLength)} is true`}
        invalid={item.invalid.length}
        parse={parseLength}
        isCurrent={(length) => (length ?? trueLength) === (draft.falseLength ?? trueLength)}
        onValue={(length) => {
          onEdit({ falseLength: length === trueLength ? undefined : length }, 'length');
        }}
        onInvalid={(text) => {
          onMistype('length', text);
        }}
      />
    </FieldGroup>
  );
}

function KeyFields({ item, lit, onLight, onEdit, onMistype }: FieldsProps) {
  const { masked, maskingKey } = item.draft;
  return (
    <FieldGroup id="maskingKey" legend="Masking-key" lit={lit} onLight={onLight}>
      <ParsedInput
        label={masked ? '4 bytes, hex' : 'none while MASK is 0'}
        value={hexText(maskingKey)}
        invalid={item.invalid.key}
        disabled={!masked}
        parse={parseKey}
        isCurrent={(key) => isSame(key, maskingKey)}
        onValue={(key) => {
          onEdit({ maskingKey: key }, 'key');
        }}
        onInvalid={(text) => {
          onMistype('key', text);
        }}
      />
      <button
        type="button"
        className="bench-button quiet"
        disabled={!masked}
        onClick={() => {
          onEdit({ maskingKey: newMaskingKey() }, 'key');
        }}
      >
        Fresh key
      </button>
    </FieldGroup>
  );
}

const formOf = (value: string): FrameDraft['lengthForm'] =>
  value === '7' ? 7 : value === '16' ? 16 : value === '64' ? 64 : 'shortest';
