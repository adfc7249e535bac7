import { Fragment } from 'react';
import { CodeText, useCodeTokens } from '../../ui/CodeText.tsx';
import type { FoundName } from './found-names.ts';
import { snippets } from './snippets.ts';

/** A snippet as found on the web: the file that the frame runs. */
export function FoundCode({ name }: { name: FoundName }) {
  const tokens = useCodeTokens(`found-client-${name}.js`);
  return (
    <figure className="found-code">
      <figcaption className="panel-note">
        <code>lessons/samples/found-client-{name}.js</code>, in a sandboxed frame. <code>address</code> and{' '}
        <code>show</code> are given to it; the page calls <code>say</code> for each message.
      </figcaption>
      {/* eslint-disable-next-line jsx-a11y-x/no-noninteractive-tabindex -- what scrolls has to be scrolled by keys too */}
      <pre tabIndex={0}>
        {snippets[name]
          .trimEnd()
          .split('\n')
          .map((line, index) => (
            <Fragment key={`${String(index)} ${line}`}>
              <CodeText text={line} tokens={tokens?.[index]} />
              {'\n'}
            </Fragment>
          ))}
      </pre>
    </figure>
  );
}
