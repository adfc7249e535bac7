import { useState } from 'react';
import './copy-line.css';

/**
 * A line to copy. Where the page is no secure context (plain HTTP on a local network) there is no clipboard to write
 * to: then the line is selected, and the learner presses the usual keys.
 */
export function CopyLine({ label, line }: { label: string; line: string }) {
  const [done, setDone] = useState('');
  const copy = async (code: HTMLElement | null): Promise<void> => {
    // The types promise a clipboard; plain HTTP breaks the promise.
    const clipboard = navigator.clipboard as Clipboard | undefined;
    if (clipboard) {
      await clipboard.writeText(line);
      setDone('copied');
    } else if (code) {
      getSelection()?.selectAllChildren(code);
      setDone('selected: now press your copy keys');
    }
  };
  return (
    <div className="copy-line">
      <span className="copy-label">{label}</span>
      <code>{line}</code>
      <button
        type="button"
        className="bench-button quiet"
        aria-label={`Copy the ${label} line`}
        onClick={(event) => {
          void copy(event.currentTarget.parentElement?.querySelector('code') ?? null);
        }}
      >
        Copy
      </button>
      <span className="copy-done" role="status">
        {done}
      </span>
    </div>
  );
}
