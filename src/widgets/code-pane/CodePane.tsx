import { useEffect, useMemo, useRef, useState } from 'react';
import type { Belief } from '../../derive/belief.ts';
import { lineOf, statementAt } from '../../derive/source-lines.ts';
import { CodeText, useCodeTokens } from '../../ui/CodeText.tsx';
import { Tabs } from '../../ui/Tabs.tsx';
import { sourceLines, type SourceFile } from './part-files.ts';
import { commonActs, filesOfParts, placeOfAct, statementsOfParts, type PartsOn } from './running-lines.ts';
import './code-pane.css';

export interface CodePaneProps {
  /** Which parts are on. */
  parts: PartsOn;
  /** What the client did and was told, the last one last. */
  acts: readonly Belief[];
}

/** So many of the last acts light their lines. */
const litActs = 3;

/** The very lines that run with the parts that are on, with those lit that have just acted. */
export function CodePane({ parts, acts }: CodePaneProps) {
  const files = filesOfParts.filter(({ parts: needs }) => needs.some((part) => parts[part]));
  const [chosen, setChosen] = useState<SourceFile>('reconnect.ts');
  const [follows, setFollows] = useState(true);
  const last = acts.slice(-litActs);
  const rare = acts.findLast(({ what }) => !commonActs.has(what) && placeOfAct[what] !== undefined);
  const followed = follows && rare ? placeOfAct[rare.what]?.file : undefined;
  const shown = files.find(({ file }) => file === (followed ?? chosen))?.file ?? files[0]?.file;
  if (shown === undefined) {
    return (
      <p className="panel-note code-none">
        No part is on, so no line of the resilient socket runs: the page holds a bare <code>WebSocket</code>,
        and nothing around it. Switch a part on, and its lines appear here.
      </p>
    );
  }
  const lit = last.flatMap(({ what }) => placeOfAct[what] ?? []);
  return (
    <div className="code-pane">
      <Tabs
        label="Files that run"
        tabs={files.map(({ file }) => ({
          id: file,
          label: file,
          badge: lit.some((place) => place.file === file) ? 'acts' : undefined,
        }))}
        selected={shown}
        onSelect={(file) => {
          setChosen(file);
          setFollows(false);
        }}
      >
        <Listing
          file={shown}
          parts={parts}
          pieces={lit.filter(({ file }) => file === shown).map(({ piece }) => piece)}
        />
      </Tabs>
      <label className="check">
        <input
          type="checkbox"
          checked={follows}
          onChange={(event) => {
            setFollows(event.target.checked);
          }}
        />
        Turn to the file that acts
      </label>
    </div>
  );
}

interface ListingProps {
  file: SourceFile;
  parts: PartsOn;
  /** The pieces of code whose lines are lit. */
  pieces: readonly string[];
}

function Listing({ file, parts, pieces }: ListingProps) {
  const lines = sourceLines[file];
  const tokens = useCodeTokens(file);
  const off = useMemo(() => offLines(file, parts), [file, parts]);
  const lit = new Set(pieces.map((piece) => lineOf(lines, piece)));
  const newest = pieces.map((piece) => lineOf(lines, piece)).findLast((line) => line !== undefined);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const line =
      newest === undefined
        ? undefined
        : box.current?.querySelector<HTMLElement>(`[data-line="${String(newest)}"]`);
    // Only the listing scrolls, never the page.
    if (box.current && line) box.current.scrollTop = line.offsetTop - box.current.clientHeight / 3;
  }, [newest, file]);
  return (
    <div
      className="code-listing"
      ref={box}
      role="region"
      aria-label={`src/resilient-socket/${file}`}
      // eslint-disable-next-line jsx-a11y-x/no-noninteractive-tabindex -- what scrolls has to be scrolled by keys too
      tabIndex={0}
    >
      <pre>
        {lines.map((line, index) => (
          <span
            key={`${String(index)} ${line}`}
            className="code-line"
            data-line={index}
            data-lit={lit.has(index) || undefined}
            data-off={off.has(index) || undefined}
          >
            {line === '' ? ' ' : <CodeText text={line} tokens={tokens?.[index]} />}
            {'\n'}
          </span>
        ))}
      </pre>
    </div>
  );
}

/** The lines of a file that runs which do not, since their own part is off. */
function offLines(file: SourceFile, parts: PartsOn): ReadonlySet<number> {
  const off = new Set<number>();
  for (const { file: of, piece, part } of statementsOfParts) {
    const range = of === file && !parts[part] ? statementAt(sourceLines[file], piece) : undefined;
    for (let line = range?.from ?? 1; line <= (range?.to ?? 0); line++) off.add(line);
  }
  return off;
}
