import { useEffect, useState, type CSSProperties } from 'react';
import './code-text.css';

/** A piece of a line of code, with its colour in each theme; none where it is plain text. */
export interface CodeToken {
  text: string;
  light?: string | undefined;
  dark?: string | undefined;
}

type CodeLines = readonly (readonly CodeToken[])[];

/** The tokens of each line of a file that the site has coloured when it was built, once they are here. */
export function useCodeTokens(file: string): CodeLines | undefined {
  const [known, setKnown] = useState<{ file: string; lines: CodeLines }>();
  useEffect(() => {
    const asking = new AbortController();
    fetch(`/code/${file}.json`, { signal: asking.signal })
      .then(async (response) => {
        if (response.ok) setKnown({ file, lines: (await response.json()) as CodeLines });
      })
      // Without its colours it is the same code.
      .catch(() => undefined);
    return () => {
      asking.abort();
    };
  }, [file]);
  return known?.file === file ? known.lines : undefined;
}

/** One line of code in its colours; plain where they are not known. */
export function CodeText({ text, tokens }: { text: string; tokens: readonly CodeToken[] | undefined }) {
  if (!tokens) return text;
  return tokens.map(({ text: piece, light, dark }, index) => (
    <span
      key={`${String(index)} ${piece}`}
      className="code-token"
      style={{ '--token-light': light, '--token-dark': dark } as CSSProperties}
    >
      {piece}
    </span>
  ));
}
