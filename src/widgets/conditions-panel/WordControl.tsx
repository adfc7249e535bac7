import { useId } from 'react';
import { perfectLink, type Conditions } from '../../contract/conditions.ts';
import { wordLabels, type WordName } from './fields.ts';

export interface WordControlProps<Name extends WordName> {
  name: Name;
  label: string;
  value: Conditions[Name];
  onSet: (value: Conditions[Name]) => void;
}

/** A condition that is one of some words. */
export function WordControl<Name extends WordName>({ name, label, value, onSet }: WordControlProps<Name>) {
  const id = useId();
  const labels: Readonly<Record<string, string>> = wordLabels[name];
  return (
    <div className="condition" data-imposed={value !== perfectLink[name]}>
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        value={value}
        onChange={(event) => {
          onSet(event.target.value as Conditions[Name]);
        }}
      >
        {Object.entries(labels).map(([word, text]) => (
          <option key={word} value={word}>
            {text}
          </option>
        ))}
      </select>
    </div>
  );
}
