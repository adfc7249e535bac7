import { useEffect, useState } from 'react';

/** What is selected in a wire view. */
export interface Selection {
  /** The rung, by its id. */
  rung: string | undefined;
  /** The field of its frame, by its id. */
  field: string | undefined;
}

const nothing: Selection = { rung: undefined, field: undefined };

/** What is selected, kept in the address bar, so that a link or a reload restores it: `#wire=3.7&field=maskingKey`. */
export function useSelection(): [Selection, (selection: Selection) => void] {
  const [selection, setSelection] = useState(nothing);

  useEffect(() => {
    const restore = (): void => {
      const asked = selectionOf(location.hash);
      if (asked) setSelection(asked);
    };
    restore();
    addEventListener('hashchange', restore);
    return () => {
      removeEventListener('hashchange', restore);
    };
  }, []);

  const select = (next: Selection): void => {
    setSelection(next);
    history.replaceState(history.state, '', hashOf(next));
  };
  return [selection, select];
}

/** The selection that the address bar asks for, if it asks for one. */
export function selectionOf(hash: string): Selection | undefined {
  const parameters = new URLSearchParams(hash.slice(1));
  const rung = parameters.get('wire');
  return rung === null ? undefined : { rung, field: parameters.get('field') ?? undefined };
}

/** A selection for the address bar. */
function hashOf({ rung, field }: Selection): string {
  if (rung === undefined) return location.pathname + location.search;
  const parameters = new URLSearchParams({ wire: rung, ...(field === undefined ? {} : { field }) });
  return `#${parameters.toString()}`;
}
