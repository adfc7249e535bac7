import { sandboxOrigin } from '../../lab/sandbox-origin.ts';
import type { RecordingOnTable } from './use-recording.ts';

export interface SaveAndOpenProps {
  /** The lab whose log may be saved; none while there is no sandbox. */
  labId: string | undefined;
  onTable: RecordingOnTable;
}

const formats = [
  { format: 'jsonl', label: 'JSON lines', use: 'opens again here' },
  { format: 'pcapng', label: 'pcapng', use: 'for Wireshark' },
  { format: 'har', label: 'HAR', use: 'for developer tools' },
] as const;

/** Saves the lab's log as a file, and opens a saved one, by choice or by drop: it stays on this machine. */
export function SaveAndOpen({ labId, onTable: { recording, problem, open, putAway } }: SaveAndOpenProps) {
  return (
    <div className="wire-files" role="group" aria-label="Save and open">
      <p>
        Save this lab&rsquo;s log:{' '}
        {formats.map(({ format, label, use }) => (
          <span key={format} className="wire-save">
            {labId === undefined ? (
              <span>{label}</span>
            ) : (
              <a href={`${sandboxOrigin()}/labs/${labId}/log?format=${format}`} download>
                {label}
              </a>
            )}{' '}
            ({use})
          </span>
        ))}
        {labId === undefined && ' There is no sandbox to ask for it.'}
      </p>
      <label className="wire-open">
        Open a saved log (JSON lines), or drop it on the ladder:{' '}
        <input
          type="file"
          accept=".jsonl,.ndjson,.json,application/jsonl"
          onChange={({ target }) => {
            open(target.files?.[0]);
            target.value = '';
          }}
        />
      </label>
      <p className="panel-error" role="alert">
        {problem}
      </p>
      {recording && (
        <p>
          On the ladder: a replay of <strong>{recording.name}</strong>.{' '}
          <button type="button" className="bench-button quiet" onClick={putAway}>
            Back to this lab
          </button>
        </p>
      )}
    </div>
  );
}
