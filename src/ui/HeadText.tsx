import { useRef, type KeyboardEvent } from 'react';
import type { Change, HeadChanges } from '../derive/head-changes.ts';
import type { HeadPart } from '../derive/head-parts.ts';
import { byteText } from './byte-text.ts';
import './head-text.css';

export interface HeadTextProps {
  bytes: Uint8Array;
  parts: readonly HeadPart[];
  /** The part that is lit, here and in the hex view. */
  lit: string | undefined;
  /** The part that stays lit until another is chosen. */
  pinned: string | undefined;
  /** Shows CR LF and spaces as signs. */
  invisible: boolean;
  changes: HeadChanges | undefined;
  /** Names the list for a screen reader: "Request, line by line". */
  label: string;
  onLight: (part: string | undefined) => void;
  onPin: (part: string) => void;
}

const changeWords: Record<Change, string> = {
  added: 'new on the wire',
  changed: 'changed on the wire',
  fresh: 'fresh in every handshake',
};
const changeSigns: Record<Change, string> = { added: '+', changed: '≠', fresh: '↻' };

/** The raw text of a head. Each part can be pointed at, focused (arrow keys walk) and pinned. */
export function HeadText(props: HeadTextProps) {
  const { bytes, parts, changes, invisible, label } = props;
  const list = useRef<HTMLOListElement>(null);
  const current = props.pinned ?? parts[0]?.id;
  const startLine = parts.filter(({ kind }) => kind !== 'field' && kind !== 'emptyLine');
  const lines = parts.filter(({ kind }) => kind === 'field' || kind === 'emptyLine');
  const startLineEnd = lines[0]?.range.start ?? bytes.length;

  const walk = (event: KeyboardEvent): void => {
    const buttons = [...(list.current?.querySelectorAll<HTMLButtonElement>('button') ?? [])];
    const here = buttons.indexOf(document.activeElement as HTMLButtonElement);
    const next = targetOf(event.key, here, buttons.length);
    if (next === undefined) return;
    event.preventDefault();
    buttons[next]?.focus();
  };

  const button = (part: HeadPart, text: string) => (
    <button
      type="button"
      className="head-part"
      data-kind={part.kind}
      data-lit={part.id === props.lit || undefined}
      aria-pressed={part.id === props.pinned}
      tabIndex={part.id === current ? 0 : -1}
      onKeyDown={walk}
      onMouseEnter={() => {
        props.onLight(part.id);
      }}
      onMouseLeave={() => {
        props.onLight(undefined);
      }}
      onFocus={() => {
        props.onLight(part.id);
      }}
      onBlur={() => {
        props.onLight(undefined);
      }}
      onClick={() => {
        props.onPin(part.id);
      }}
    >
      {part.kind === 'field' ? fieldText(part, text) : withLineEnd(text)}
    </button>
  );
  const textOf = (start: number, end: number): string => byteText(bytes.subarray(start, end), { invisible });

  return (
    <ol className="head-text" data-invisible={invisible || undefined} ref={list} aria-label={label}>
      {startLine.length > 0 && (
        <li data-change={changes?.startLine === true ? 'changed' : undefined}>
          <ChangeMark change={changes?.startLine === true ? 'changed' : undefined} />
          <span className="start-line">
            {startLine.map((part, index) => (
              <span key={part.id}>
                {button(part, textOf(part.range.start, part.range.end))}
                {withLineEnd(textOf(part.range.end, startLine[index + 1]?.range.start ?? startLineEnd))}
              </span>
            ))}
          </span>
        </li>
      )}
      {lines.map((part, index) => {
        const change = part.kind === 'field' ? changes?.fields.get(index) : undefined;
        return (
          <li key={part.id} data-change={change}>
            <ChangeMark change={change} />
            {button(
              part,
              part.kind === 'emptyLine' && !invisible
                ? '(empty line)'
                : textOf(part.range.start, part.range.end),
            )}
          </li>
        );
      })}
    </ol>
  );
}

function ChangeMark({ change }: { change: Change | undefined }) {
  if (change === undefined) return <span className="change-mark" />;
  return (
    <span className="change-mark" title={changeWords[change]}>
      <span aria-hidden="true">{changeSigns[change]}</span>
      <span className="sr-only">{changeWords[change]}: </span>
    </span>
  );
}

/** A field line with its name set apart from its value. */
function fieldText(part: HeadPart, text: string) {
  const nameLength = part.name?.length ?? 0;
  return (
    <>
      <span className="field-name">{text.slice(0, nameLength)}</span>
      {withLineEnd(text.slice(nameLength))}
    </>
  );
}

/** A text with the signs of its line end set apart, where it shows them. */
function withLineEnd(text: string) {
  const [lineEnd] = /(?:\\r)?\\n$/.exec(text) ?? [];
  if (lineEnd === undefined) return text;
  return (
    <>
      {text.slice(0, -lineEnd.length)}
      <span className="line-end">{lineEnd}</span>
    </>
  );
}

function targetOf(key: string, here: number, count: number): number | undefined {
  switch (key) {
    case 'ArrowDown':
    case 'ArrowRight':
      return Math.min(here + 1, count - 1);
    case 'ArrowUp':
    case 'ArrowLeft':
      return Math.max(here - 1, 0);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
}
