import { useRef, useState } from 'react';

/** The address of this page with a report, to be copied: into the clipboard, or selected where the page has none. */
export function CopyLink({ fragment }: { fragment: string }) {
  const input = useRef<HTMLInputElement>(null);
  const [done, setDone] = useState('');
  const copy = async (address: string): Promise<void> => {
    // The types promise a clipboard; a page over plain HTTP has none.
    const clipboard = navigator.clipboard as Clipboard | undefined;
    if (clipboard) {
      await clipboard.writeText(address);
      setDone('copied');
    } else {
      input.current?.select();
      setDone('selected: now press your copy keys');
    }
  };
  const address = new URL(`#${fragment}`, location.href).href;
  return (
    <>
      <input
        ref={input}
        className="report-link"
        type="text"
        readOnly
        aria-label="Link to this report"
        value={address}
      />
      <button
        type="button"
        className="bench-button quiet"
        onClick={() => {
          copy(address).catch(() => {
            input.current?.select();
            setDone('selected: now press your copy keys');
          });
        }}
      >
        Copy the link
      </button>
      <span className="panel-note" role="status">
        {done}
      </span>
    </>
  );
}
