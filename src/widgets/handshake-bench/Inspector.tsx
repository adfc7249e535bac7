import type { HeadPart } from '../../derive/head-parts.ts';
import { meaningOf, meaningOfPart } from '../../protocol/header-meaning.ts';
import { formatBytes } from '../../ui/units.ts';

export interface InspectorProps {
  kind: 'request' | 'response';
  part: HeadPart | undefined;
}

const setByWords = {
  browser: 'Set by the browser; a script cannot touch it',
  script: 'Set by the script',
  server: 'Set by the server',
  client: 'Set by the client program',
  proxy: 'Set by a proxy on the way',
} as const;

/** What the lit part of a head means, who sets it, whether it is required, and where that is written. */
export function Inspector({ kind, part }: InspectorProps) {
  if (!part) {
    return (
      <div className="inspector">
        <p className="inspector-hint">
          Hover, tap or focus a line to see what it means, who sets it and where that is written. Arrow keys
          walk the lines.
        </p>
      </div>
    );
  }
  const meaning = part.name === undefined ? meaningOfPart(part.kind, kind) : meaningOf(part.name, kind);
  const name = part.name ?? partNames[part.kind];
  return (
    <div className="inspector" data-side={kind === 'request' ? 'client' : 'server'}>
      <p className="inspector-title">
        <strong>{name}</strong>
        <span>{formatBytes(part.range.end - part.range.start)}</span>
      </p>
      {meaning ? (
        <>
          <p>{meaning.what}</p>
          <p className="inspector-facts">
            <span>{setByWords[meaning.setBy]}</span>
            <span>{meaning.required}</span>
            <span>{meaning.section}</span>
          </p>
        </>
      ) : (
        <p>
          No standard of the handshake knows this field. Whoever does not know it ignores it (RFC 9110 §5.1).
        </p>
      )}
    </div>
  );
}

const partNames: Record<HeadPart['kind'], string> = {
  method: 'Method',
  target: 'Request-target',
  version: 'HTTP version',
  statusCode: 'Status code',
  reasonPhrase: 'Reason phrase',
  field: 'Field',
  emptyLine: 'Empty line',
};
