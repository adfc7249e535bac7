import { useState, type DragEvent } from 'react';
import { maxRecordingBytes, openRecording } from '../../derive/open-recording.ts';
import type { WireLogView } from '../../derive/log-reader.ts';
import { formatBytes } from '../../ui/units.ts';

/** A recording on the table. */
export interface Recording {
  name: string;
  log: WireLogView;
}

/** The recording on the table, and what puts another there. */
export interface RecordingOnTable {
  recording: Recording | undefined;
  /** Why the last file could not be opened; empty where it could. */
  problem: string;
  /** Opens a file; what was on the table stays there where the file is no recording. */
  open: (file: File | undefined) => void;
  /** Back to the lab. */
  putAway: () => void;
  /** Files hover over the place that takes them. */
  isTarget: boolean;
  /** What makes an element a place on which a file may be dropped. */
  dropTarget: {
    onDragOver: (event: DragEvent) => void;
    onDragLeave: (event: DragEvent) => void;
    onDrop: (event: DragEvent) => void;
  };
}

const holdsFiles = ({ dataTransfer }: DragEvent): boolean => dataTransfer.types.includes('Files');

/** Puts recordings on the table with `put`, which hears of each and of their end; `dropped` hears that a file was dropped. */
export function useRecording(
  recording: Recording | undefined,
  put: (recording: Recording | undefined) => void,
  dropped: () => void,
): RecordingOnTable {
  const [problem, setProblem] = useState('');
  const [isTarget, setIsTarget] = useState(false);
  const open = async (file: File): Promise<void> => {
    const opened = await readFile(file);
    setProblem(typeof opened === 'string' ? opened : '');
    if (typeof opened !== 'string') put(opened);
  };
  return {
    recording,
    problem,
    open: (file) => {
      if (file) void open(file);
    },
    putAway: () => {
      put(undefined);
    },
    isTarget,
    dropTarget: {
      onDragOver: (event) => {
        if (!holdsFiles(event)) return;
        // Without this the browser would open the file itself, and leave the page for it.
        event.preventDefault();
        setIsTarget(true);
      },
      onDragLeave: ({ currentTarget, relatedTarget }) => {
        if (!(relatedTarget instanceof Node && currentTarget.contains(relatedTarget))) setIsTarget(false);
      },
      onDrop: (event) => {
        setIsTarget(false);
        const [file] = event.dataTransfer.files;
        if (!file) return;
        event.preventDefault();
        dropped();
        void open(file);
      },
    },
  };
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
