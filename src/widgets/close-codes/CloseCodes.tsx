import { useState } from 'react';
import { closeCodes, meaningOfCloseCode, type CloseCodeMeaning } from '../../protocol/close-code.ts';
import { cut, inject } from '../../lab/lab-client.ts';
import { socketAddress } from '../../lab/sandbox-origin.ts';
import { witnessSocket, type Witness } from '../../lab/witness.ts';
import { useWireLog } from '../bench/use-wire-log.ts';
import '../../ui/bench.css';
import './close-codes.css';

/** Every close code: who accepts it where, and a button that really sends it. */
export function CloseCodes() {
  const { lab, status } = useWireLog().session;
  const [said, setSaid] = useState<Readonly<Record<number, string>>>({});
  const [busy, setBusy] = useState(false);

  const attempt = async (
    code: number,
    send: (witness: Witness, labId: string) => Promise<void> | void,
  ): Promise<void> => {
    if (!lab) return;
    setBusy(true);
    const outcome = await outcomeOf(lab.id, lab.services['echo'] ?? '', send);
    setSaid((all) => ({ ...all, [code]: outcome }));
    setBusy(false);
  };

  return (
    <section className="bench close-codes not-content" aria-label="Close codes">
      <p className="bench-title">Close codes, each to be sent</p>
      <table>
        <caption className="sr-only">
          Close codes: who accepts each of them where, and what happened when it was sent
        </caption>
        <thead>
          <tr>
            {['Code', 'Meaning', 'On the wire', 'Browser’s close()', 'ws’s close()', 'Try it'].map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {closeCodes.map((meaning) => {
            const code = codeToTry(meaning);
            return (
              <Row
                key={code}
                meaning={meaning}
                code={code}
                said={said[code]}
                disabled={busy || !lab || status !== 'live'}
                onBrowser={() => {
                  void attempt(code, (witness) => {
                    witness.close(code);
                  });
                }}
                onServer={() => {
                  void attempt(code, (_, labId) =>
                    meaning.mayBeSent ? cut(labId, { how: 'close', code }) : inject(labId, closeFrame(code)),
                  );
                }}
              />
            );
          })}
        </tbody>
      </table>
    </section>
  );
}

interface RowProps {
  meaning: CloseCodeMeaning;
  /** The one that its buttons send. */
  code: number;
  said: string | undefined;
  disabled: boolean;
  onBrowser: () => void;
  onServer: () => void;
}

function Row({ meaning, code, said, disabled, onBrowser, onServer }: RowProps) {
  const {
    from,
    to,
    name,
    meaning: words,
    mayBeSent,
    isLocalOnly,
    browserCloseAccepts,
    wsCloseAccepts,
    registeredIn,
  } = meaning;
  const range = from === to ? String(from) : `${String(from)}–${String(to)}`;
  return (
    <tr>
      <th scope="row">{range}</th>
      <td data-label="Meaning">
        <strong>{name}.</strong> {words} <span className="section">{registeredIn}</span>
      </td>
      <td data-label="On the wire">{mayBeSent ? 'yes' : isLocalOnly ? 'no: local only' : 'no'}</td>
      <td data-label="Browser’s close()">{browserCloseAccepts ? 'yes' : 'no'}</td>
      <td data-label="ws’s close()">{wsCloseAccepts ? 'yes' : 'no'}</td>
      <td data-label="Try it">
        <span className="close-code-buttons">
          <button
            type="button"
            className="bench-button quiet"
            disabled={disabled}
            aria-label={`close(${String(code)}) in the browser`}
            onClick={onBrowser}
          >
            Browser
          </button>
          <button
            type="button"
            className="bench-button quiet"
            disabled={disabled}
            aria-label={`The server sends ${String(code)}`}
            onClick={onServer}
          >
            Server
          </button>
        </span>
        <span className="close-code-said" role="status">
          {said}
        </span>
      </td>
    </tr>
  );
}

/** The first code of a range that has no row of its own: of 3000 to 3999 it is 3001. */
function codeToTry(row: CloseCodeMeaning): number {
  let code = row.from;
  while (code < row.to && meaningOfCloseCode(code) !== row) code++;
  return code;
}

/** How long the end is waited for, ms. */
const patienceMs = 4000;

/** What the script was told: what close() threw, or what the close event said. */
async function outcomeOf(
  labId: string,
  echo: string,
  send: (witness: Witness, labId: string) => Promise<void> | void,
): Promise<string> {
  const witness = witnessSocket(socketAddress(echo), [], () => undefined);
  const { socket } = witness;
  const opened = new Promise((resolve) => {
    socket.addEventListener('open', resolve);
    socket.addEventListener('error', resolve);
  });
  const closed = new Promise<string>((resolve) => {
    socket.addEventListener('close', ({ code, wasClean }) => {
      resolve(`The browser hears ${String(code)}, wasClean ${String(wasClean)}.`);
    });
    setTimeout(() => {
      resolve('The browser hears nothing.');
    }, patienceMs);
  });
  await opened;
  try {
    await send(witness, labId);
  } catch (error) {
    socket.close();
    return error instanceof Error ? `${error.name}: it is not sent.` : String(error);
  }
  const outcome = await closed;
  if (socket.readyState < WebSocket.CLOSING) socket.close();
  return outcome;
}

/** A Close frame of a server with this code, in hex. */
const closeFrame = (code: number): string => `88 02 ${code.toString(16).padStart(4, '0')}`;
