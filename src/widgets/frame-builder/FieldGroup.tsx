import type { ReactNode } from 'react';
import type { DraftFieldId } from '../../derive/frame-draft.ts';

export interface FieldGroupProps {
  id: DraftFieldId;
  legend: string;
  lit: DraftFieldId | undefined;
  onLight: (field: DraftFieldId | undefined) => void;
  children: ReactNode;
}

/** The controls of one field: to point at them, or to enter them, lights the bytes of the field. */
export function FieldGroup({ id, legend, lit, onLight, children }: FieldGroupProps) {
  const isLit = lit === id || (id === 'length' && lit === 'extendedLength');
  return (
    <fieldset
      className="field-group"
      data-controls={id}
      data-lit={isLit || undefined}
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
    >
      <legend>{legend}</legend>
      <div className="field-controls">{children}</div>
    </fieldset>
  );
}
