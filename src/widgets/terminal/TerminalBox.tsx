import { useEffect, useRef, useState } from 'react';
import './terminal.css';

/** The terminal's place on a page; its code comes when it is shown. */
export function TerminalBox() {
  const box = useRef<HTMLDivElement>(null);
  const [problem, setProblem] = useState('');

  useEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    let isGone = false;
    let dispose = (): void => undefined;
    import('./open-terminal.ts').then(
      ({ openTerminal }) => {
        if (!isGone) ({ dispose } = openTerminal(element));
      },
      () => {
        setProblem('The terminal could not be loaded: is the sandbox running? Reload the page when it is.');
      },
    );
    return () => {
      isGone = true;
      dispose();
    };
  }, []);

  return (
    <>
      <div className="terminal-box" ref={box} role="group" aria-label="Terminal" />
      {problem !== '' && (
        <p className="panel-error" role="alert">
          {problem}
        </p>
      )}
    </>
  );
}
