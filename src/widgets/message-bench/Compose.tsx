import { useState } from 'react';
import { readEnvelope } from '../../derive/envelope.ts';
import { hexText, parseHexText } from '../../derive/hex-text.ts';

/** More would crowd the bench and the log. */
const maxBytes = 4096;

type Kind = 'text' | 'envelope' | 'binary';
const kinds: Readonly<Record<Kind, { name: string; label: string; initial: string }>> = {
  text: { name: 'text', label: 'Text', initial: 'Grüße 👋' },
  envelope: { name: 'JSON envelope', label: 'JSON', initial: '{"type":"chat","text":"hello"}' },
  binary: { name: 'binary', label: 'Bytes as hex', initial: 'ca fe' },
};
const order: readonly Kind[] = ['text', 'envelope', 'binary'];

interface ComposeProps {
  disabled: boolean;
  onSend: (data: string | Uint8Array<ArrayBuffer>) => void;
}

/** Writes a message: text, an envelope that is checked while it is typed, or bytes. */
export function Compose({ disabled, onSend }: ComposeProps) {
  const [kind, setKind] = useState<Kind>('text');
  const [drafts, setDrafts] = useState<Readonly<Record<Kind, string>>>({
    text: kinds.text.initial,
    envelope: kinds.envelope.initial,
    binary: kinds.binary.initial,
  });
  const [fileError, setFileError] = useState('');
  const draft = drafts[kind];
  const write = (value: string): void => {
    setFileError('');
    setDrafts({ ...drafts, [kind]: value });
  };
  const bytes = parseHexText(drafts.binary, maxBytes);
  const note =
    kind === 'text' ? sizeSays(draft) : kind === 'envelope' ? envelopeSays(draft) : bytesSay(bytes);
  return (
    <form
      className="compose"
      onSubmit={(event) => {
        event.preventDefault();
        if (kind !== 'binary') onSend(draft);
        else if (bytes.ok) onSend(Uint8Array.from(bytes.value));
      }}
    >
      <fieldset className="guesses">
        <legend>What to send</legend>
        {order.map((each) => (
          <label key={each}>
            <input
              type="radio"
              name="message-kind"
              checked={kind === each}
              onChange={() => {
                setKind(each);
              }}
            />
            {kinds[each].name}
          </label>
        ))}
      </fieldset>
      <label className="request-editor">
        {kinds[kind].label}
        <textarea
          rows={3}
          maxLength={16_384}
          spellCheck={false}
          value={draft}
          onChange={({ target }) => {
            write(target.value);
          }}
        />
      </label>
      <p className="panel-note compose-note" role="status">
        {fileError === '' ? note : fileError}
      </p>
      <div className="panel-row">
        <button
          type="submit"
          className="bench-button primary"
          disabled={disabled || (kind === 'binary' && !bytes.ok)}
        >
          Send
        </button>
        {kind === 'binary' && <FileInput onRead={write} onRefused={setFileError} />}
      </div>
    </form>
  );
}

interface FileInputProps {
  /** The file's bytes as hex. */
  onRead: (hex: string) => void;
  onRefused: (why: string) => void;
}

function FileInput({ onRead, onRefused }: FileInputProps) {
  return (
    <label className="panel-note">
      or a small file{' '}
      <input
        type="file"
        onChange={({ target }) => {
          const file = target.files?.[0];
          if (!file) return;
          readFile(file).then(onRead, (error: unknown) => {
            onRefused(error instanceof Error ? error.message : String(error));
          });
        }}
      />
    </label>
  );
}

async function readFile(file: File): Promise<string> {
  if (file.size > maxBytes) {
    const size = file.size.toLocaleString('en');
    throw new Error(`The file has ${size} bytes; choose one of at most ${maxBytes.toLocaleString('en')}.`);
  }
  return hexText(new Uint8Array(await file.arrayBuffer()));
}

function sizeSays(text: string): string {
  const size = new TextEncoder().encode(text).length;
  return `${String(text.length)} UTF-16 units in the script, ${String(size)} bytes of UTF-8 on the wire.`;
}

function envelopeSays(text: string): string {
  const envelope = readEnvelope(text);
  return envelope.ok
    ? `A good envelope of the type “${envelope.value.type}”.`
    : `${envelope.message} The socket sends it all the same.`;
}

const bytesSay = (bytes: ReturnType<typeof parseHexText>): string =>
  bytes.ok ? `${String(bytes.value.length)} bytes.` : bytes.message;
