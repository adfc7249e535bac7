import { useRef, type KeyboardEvent } from 'react';
import type { AnatomyField } from '../../../derive/frame-anatomy.ts';

export interface FieldListProps {
  fields: readonly AnatomyField[];
  /** The field that stays chosen, and the one that is lit now. */
  chosen: string | undefined;
  shown: string | undefined;
  frameNumber: number;
  onLight: (field: string | undefined) => void;
  onChoose: (field: string) => void;
}

/** The fields in words: value, meaning, section, and the rule that was broken. Arrow keys walk them. */
export function FieldList({ fields, chosen, shown, frameNumber, onLight, onChoose }: FieldListProps) {
  const list = useRef<HTMLTableElement>(null);
  const current = chosen ?? fields[0]?.id;

  const walk = (event: KeyboardEvent): void => {
    const buttons = [...(list.current?.querySelectorAll<HTMLButtonElement>('button') ?? [])];
    const here = buttons.findIndex((button) => button === document.activeElement);
    const steps: Record<string, number> = {
      ArrowDown: here + 1,
      ArrowRight: here + 1,
      ArrowUp: here - 1,
      ArrowLeft: here - 1,
      Home: 0,
      End: buttons.length - 1,
    };
    const target = buttons[steps[event.key] ?? -1];
    if (!target) return;
    event.preventDefault();
    target.focus();
  };

  return (
    <table className="field-list" ref={list}>
      <caption className="sr-only">Frame {frameNumber}, field by field</caption>
      <thead>
        <tr>
          <th scope="col">Field</th>
          <th scope="col">Value</th>
          <th scope="col">What it says</th>
        </tr>
      </thead>
      <tbody>
        {fields.map((field) => (
          <FieldRow
            key={field.id}
            field={field}
            chosen={field.id === chosen}
            lit={field.id === shown}
            tabbable={field.id === current}
            onWalk={walk}
            onLight={onLight}
            onChoose={onChoose}
          />
        ))}
      </tbody>
    </table>
  );
}

interface FieldRowProps extends Pick<FieldListProps, 'onLight' | 'onChoose'> {
  field: AnatomyField;
  chosen: boolean;
  lit: boolean;
  tabbable: boolean;
  onWalk: (event: KeyboardEvent) => void;
}

function FieldRow({ field, chosen, lit, tabbable, onWalk, onLight, onChoose }: FieldRowProps) {
  const { id, name, bitLength, value, says, section, violations } = field;
  const light = (): void => {
    onLight(id);
  };
  const dim = (): void => {
    onLight(undefined);
  };
  return (
    <tr data-lit={lit || undefined} onPointerEnter={light} onPointerLeave={dim}>
      <th scope="row">
        <button
          type="button"
          aria-pressed={chosen}
          tabIndex={tabbable ? 0 : -1}
          onKeyDown={onWalk}
          onFocus={light}
          onBlur={dim}
          onClick={() => {
            onChoose(id);
          }}
        >
          {name}
        </button>
        <span className="field-bits">{sizeOf(bitLength)}</span>
      </th>
      <td>
        <code>{value}</code>
      </td>
      <td>
        {says} <span className="section">{section}</span>
        {violations.map(({ rule, found }) => (
          <span className="field-broken" key={rule.id}>
            <span aria-hidden="true">✗ </span>Broken: {rule.says} Here: {found}.{' '}
            <span className="section">{rule.section}</span>
          </span>
        ))}
      </td>
    </tr>
  );
}

function sizeOf(bits: number): string {
  if (bits === 1) return '1 bit';
  if (bits < 16 || bits % 8 !== 0) return `${String(bits)} bits`;
  return `${String(bits / 8)} bytes`;
}
