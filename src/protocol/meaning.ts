/** What a part of a head means, who puts it there, whether it must be there, and where that is written. */
export interface HeaderMeaning {
  /** For a working developer, in a sentence or two. */
  what: string;
  /** `client` is a program that is no browser; `proxy` anything on the way. */
  setBy: 'browser' | 'script' | 'client' | 'server' | 'proxy';
  required: string;
  section: string;
}

/** Writes a row of a table. */
export const meaning = (
  what: string,
  setBy: HeaderMeaning['setBy'],
  required: string,
  section: string,
): HeaderMeaning => ({ what, setBy, required, section });
