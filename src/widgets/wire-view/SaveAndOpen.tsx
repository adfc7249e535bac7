import { useState } from 'react';
import { maxRecordingBytes, openRecording } from '../../derive/open-recording.ts';
import type { WireLogView } from '../../derive/log-reader.ts';
import { sandboxOrigin } from '../../lab/sandbox-origin.ts';
import { formatBytes } from '../../ui/units.ts';

/** A recording on the table. */
export interface Recording {
  name: string;
  log: WireLogView;
}

export interface SaveAndOpenProps {
  /** The lab whose log may be saved; none while there is no sandbox. */
  labId: string | undefined;
  recording: Recording | undefined;
  onOpen: (recording: Recording | undefined) => void;
}

const formats = [
  { format: 'jsonl', label: 'JSON lines', use: 'opens again here' },
  { format: 'pcapng', label: 'pcapng', use: 'for Wireshark' },
  { format: 'har', label: 'HAR', use: 'for developer tools' },
] as const;

/** Saves the lab's log as a file, and opens a saved one, by choice or by drop: it stays on this machine. */
export function SaveAndOpen({ labId, recording, onOpen }: SaveAndOpenProps) {
  const [problem, setProblem] = useState('');
  const open = async (file: File | undefined): Promise<void> => {
    if (!file) return;
    const opened = await readFile(file);
    setProblem(typeof opened === 'string' ? opened : '');
    if (typeof opened !== 'string') onOpen(opened);
  };
  return (
    <div
      className="wire-files"
      role="group"
      aria-label="Save and open"
      onDragOver={(event) => {
        event.preventDefault();
      }}
      onDrop={(event) => {
        event.preventDefault();
        void open(event.dataTransfer.files[0]);
      }}
    >
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
        Open a saved log (JSON lines), or drop it here:{' '}
        <input
          type="file"
          accept=".jsonl,.ndjson,.json,application/jsonl"
          onChange={({ target }) => {
            void open(target.files?.[0]);
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
          <button
            type="button"
            className="bench-button quiet"
            onClick={() => {
              onOpen(undefined);
            }}
          >
            Back to this lab
          </button>
        </p>
      )}
    </div>
  );
}

/** A recording, or why the file is none. */
async function readFile(file: File): Promise<Recording | string> {
  if (file.size > maxRecordingBytes) {
    return `${file.name} has ${formatBytes(file.size)}: more than a page should hold (${formatBytes(maxRecordingBytes)}).`;
  }
  let text: string;
  try {
    text = await file.text();
  } catch {
    return `${file.name} could not be read: choose it once more.`;
  }
  const opened = openRecording(file.name, text);
  return opened.ok ? { name: file.name, log: opened.log } : opened.message;
}
