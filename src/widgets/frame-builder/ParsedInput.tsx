import { useId, useState, type SyntheticEvent } from 'react';
import type { Parsed } from '../../contract/result.ts';

export interface ParsedInputProps<T> {
  label: string;
  /** The value as it is written when nobody types. */
  value: string;
  /** What was typed before and is no value. */
  invalid: string | undefined;
  parse: (text: string) => Parsed<T>;
  /** Whether this is the value that there is now: else it was changed elsewhere, and what was typed has had its time. */
  isCurrent: (value: T) => boolean;
  onValue: (value: T) => void;
  /** A text that is no value, to be kept; `undefined` once it is one. */
  onInvalid: (text: string | undefined) => void;
  /** The caret moved: what stands before it. `undefined` when the input was left. */
  onCaret?: (before: string | undefined) => void;
  /** Lines, where it is to have more than one. */
  rows?: number;
  placeholder?: string;
  disabled?: boolean;
}

/**
 * A text input for something that has a form. What is typed stays as it was typed while the input has the focus, and
 * beyond that while it is no value; what is wrong with it stands below.
 */
export function ParsedInput<T>(props: ParsedInputProps<T>) {
  const {
    label,
    value,
    invalid,
    parse,
    isCurrent,
    onValue,
    onInvalid,
    onCaret,
    rows,
    placeholder,
    disabled,
  } = props;
  const id = useId();
  const [typed, setTyped] = useState<string>();
  const own = typed === undefined ? undefined : parse(typed);
  const shown = (own?.ok === true && !isCurrent(own.value) ? undefined : typed) ?? invalid ?? value;
  const parsed = invalid === undefined ? undefined : parse(invalid);
  const input = {
    value: shown,
    placeholder,
    disabled,
    spellCheck: false,
    autoComplete: 'off',
    'aria-invalid': parsed?.ok === false || undefined,
    'aria-describedby': parsed?.ok === false ? id : undefined,
    onChange: ({ target }: { target: { value: string } }) => {
      setTyped(target.value);
      const read = parse(target.value);
      if (read.ok) onValue(read.value);
      onInvalid(read.ok ? undefined : target.value);
    },
    onSelect: ({ currentTarget }: SyntheticEvent<HTMLInputElement | HTMLTextAreaElement>) => {
      onCaret?.(currentTarget.value.slice(0, currentTarget.selectionStart ?? 0));
    },
    onBlur: () => {
      setTyped(undefined);
      onCaret?.(undefined);
    },
  };
  return (
    <span className="parsed-input">
      <label>
        <span>{label}</span>
        {rows === undefined ? <input type="text" {...input} /> : <textarea rows={rows} {...input} />}
      </label>
      <span className="input-error" id={id} role="alert">
        {parsed?.ok === false && parsed.message}
      </span>
    </span>
  );
}
