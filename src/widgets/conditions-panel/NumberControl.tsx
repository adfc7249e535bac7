import { useId, useState } from 'react';
import { conditionRanges } from '../../contract/conditions.ts';
import type { NumberField } from './fields.ts';

export interface NumberControlProps {
  field: NumberField;
  value: number;
  onSet: (value: number) => void;
}

/** A condition that is a number: a slider over its stops, and the number itself, to be typed. */
export function NumberControl({ field, value, onSet }: NumberControlProps) {
  const { name, label, note, unit, scale, stops, words } = field;
  const id = useId();
  const [typed, setTyped] = useState<string>();
  const shown = String(Math.round((value / scale) * 1000) / 1000);
  const type = (text: string): void => {
    const number = text.trim() === '' ? Number.NaN : Number(text) * scale;
    const isAllowed = inRange(name, number);
    setTyped(isAllowed ? undefined : text);
    if (isAllowed) onSet(number);
  };
  return (
    <div className="condition" data-imposed={value !== stops[0]}>
      <label htmlFor={id}>
        {label} {note !== '' && <span className="condition-note">{note}</span>}
      </label>
      <span className="condition-inputs">
        <input
          type="range"
          aria-label={`${label}, slider`}
          aria-valuetext={words(value)}
          min={0}
          max={stops.length - 1}
          value={nearestStop(stops, value)}
          onChange={(event) => {
            setTyped(undefined);
            onSet(stops[event.target.valueAsNumber] ?? 0);
          }}
        />
        <input
          id={id}
          type="text"
          inputMode="decimal"
          value={typed ?? shown}
          aria-invalid={typed !== undefined}
          aria-describedby={typed === undefined ? undefined : `${id}-wrong`}
          onChange={(event) => {
            type(event.target.value);
          }}
          onBlur={() => {
            setTyped(undefined);
          }}
        />
        <span className="condition-unit">{unit}</span>
      </span>
      {typed !== undefined && (
        <span id={`${id}-wrong`} className="condition-wrong" role="alert">
          {allowedWords(field)}
        </span>
      )}
    </div>
  );
}

/** The stop that is next to a value, as a position of the slider. */
function nearestStop(stops: readonly number[], value: number): number {
  const far = stops.map((stop) => Math.abs(stop - value));
  return far.indexOf(Math.min(...far));
}

function inRange(name: NumberField['name'], value: number): boolean {
  const range = conditionRanges[name];
  return (
    range.kind === 'number' &&
    value >= range.min &&
    value <= range.max &&
    (!range.whole || Number.isInteger(value))
  );
}

function allowedWords({ name, scale, unit }: NumberField): string {
  const range = conditionRanges[name];
  if (range.kind !== 'number') return '';
  const most = (range.max / scale).toLocaleString('en');
  return `${range.whole ? 'A whole number' : 'A number'} from ${String(range.min)} to ${most} ${unit}; nothing was changed.`;
}
