import { formatMs } from '../../ui/units.ts';
import type { Cause } from './causes.ts';
import type { Notice, Observation } from './observation.ts';

/** What the learner expects: what the browser is told, and how soon each end notices. */
export interface Guess {
  code: string;
  clean: string;
  browser: string;
  server: string;
}

export interface CauseRowProps {
  cause: Cause;
  guess: Guess | undefined;
  seen: Observation | undefined;
  running: boolean;
  disabled: boolean;
  onGuess: (guess: Guess) => void;
  onRun: () => void;
}

const codes = ['1000', '1001', '1002', '1005', '1006', '4000', 'nothing'];
const emptyGuess: Guess = { code: '', clean: '', browser: '', server: '' };

/** How soon an end may notice: before so many ms. */
const moments = [
  { name: 'within 1 s', beforeMs: 1000 },
  { name: '1 to 3 s', beforeMs: 3000 },
  { name: 'later', beforeMs: Infinity },
] as const;
const momentNames = [...moments.map(({ name }) => name), 'never'];

const momentOf = (notice: Notice | undefined): string =>
  (notice && moments.find(({ beforeMs }) => notice.afterMs < beforeMs)?.name) ?? 'never';

/** One cause: what is guessed of it, and what each observer has seen of it. */
export function CauseRow({
  cause,
  guess = emptyGuess,
  seen,
  running,
  disabled,
  onGuess,
  onRun,
}: CauseRowProps) {
  const { label, says } = cause;
  return (
    <tr data-running={running || undefined}>
      <th scope="row">
        <span className="cause-label">{label}</span>
        <span className="cause-says">{says}</span>
        <button
          type="button"
          className="bench-button quiet"
          disabled={disabled}
          aria-label={`Run: ${label}`}
          onClick={onRun}
        >
          {seen ? 'Run again' : 'Run'}
        </button>
      </th>
      <td data-label="Your guess">
        <Choice label={label} field="code" options={codes} guess={guess} onGuess={onGuess} />
        <Choice label={label} field="clean" options={['true', 'false']} guess={guess} onGuess={onGuess} />
        <Choice label={label} field="browser" options={momentNames} guess={guess} onGuess={onGuess} />
        <Choice label={label} field="server" options={momentNames} guess={guess} onGuess={onGuess} />
        {seen && !running && <Verdict guess={guess} seen={seen} />}
      </td>
      <td data-label="Browser">
        <Seen notice={seen?.browser} ran={seen !== undefined} running={running} />
      </td>
      <td data-label="Server">
        <Seen notice={seen?.server} ran={seen !== undefined} running={running} />
      </td>
      <td data-label="Wire">{seen?.wire ?? '–'}</td>
    </tr>
  );
}

function Seen({ notice, ran, running }: { notice: Notice | undefined; ran: boolean; running: boolean }) {
  if (!notice) {
    if (!ran) return '–';
    return running ? 'nothing yet …' : 'heard nothing';
  }
  return (
    <>
      <strong>{notice.code}</strong>
      {notice.wasClean !== undefined && `, wasClean ${String(notice.wasClean)}`},{' '}
      <span className="cause-after">after {formatMs(notice.afterMs)}</span>
    </>
  );
}

const fieldNames: Record<keyof Guess, string> = {
  code: 'code',
  clean: 'wasClean',
  browser: 'browser hears',
  server: 'server hears',
};

interface ChoiceProps {
  label: string;
  field: keyof Guess;
  options: readonly string[];
  guess: Guess;
  onGuess: (guess: Guess) => void;
}

function Choice({ label, field, options, guess, onGuess }: ChoiceProps) {
  return (
    <label>
      <span className="cause-field">{fieldNames[field]}</span>
      <select
        aria-label={`Your guess of ${fieldNames[field]}: ${label}`}
        value={guess[field]}
        onChange={({ target }) => {
          onGuess({ ...guess, [field]: target.value });
        }}
      >
        <option value="">?</option>
        {options.map((option) => (
          <option key={option}>{option}</option>
        ))}
      </select>
    </label>
  );
}

/** What was guessed that came out otherwise; nothing where nothing was guessed. */
function Verdict({ guess, seen: { browser, server } }: { guess: Guess; seen: Observation }) {
  const was: Guess = {
    code: browser ? String(browser.code) : 'nothing',
    clean: String(browser?.wasClean ?? false),
    browser: momentOf(browser),
    server: momentOf(server),
  };
  const guessed = (Object.keys(was) as (keyof Guess)[]).filter((field) => guess[field] !== '');
  if (guessed.length === 0) return null;
  const wrong = guessed.filter((field) => guess[field] !== was[field]);
  const isRight = wrong.length === 0;
  return (
    <span className="cause-verdict" data-right={isRight}>
      {isRight
        ? '✓ as you guessed'
        : `≠ ${wrong.map((field) => fieldNames[field]).join(', ')}: not as you guessed`}
    </span>
  );
}
