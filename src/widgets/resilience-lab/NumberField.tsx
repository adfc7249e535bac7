import { useState } from 'react';

export interface NumberFieldProps {
  label: string;
  unit: string;
  value: number;
  onChange: (value: number) => void;
}

/** A number that is typed. Whatever is a number is passed on: what is absurd, the part itself refuses. */
export function NumberField({ label, unit, value, onChange }: NumberFieldProps) {
  const [typed, setTyped] = useState<string>();
  return (
    <label className="lab-field">
      <span>
        {label} {unit !== '' && <span className="panel-note">{unit}</span>}
      </span>
      <input
        type="text"
        inputMode="decimal"
        value={typed ?? String(value)}
        onChange={(event) => {
          const text = event.target.value.trim();
          const number = text === '' ? Number.NaN : Number(text);
          setTyped(event.target.value);
          onChange(number);
        }}
        onBlur={() => {
          setTyped(undefined);
        }}
      />
    </label>
  );
}
