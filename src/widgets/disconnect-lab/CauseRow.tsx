import { formatMs } from '../../ui/units.ts';
import type { Cause } from './causes.ts';
import type { Notice, Observation } from './observation.ts';

/** What the learner expects that the browser hears. */
export interface Guess {
  code: string;
  clean: string;
  when: string;
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

const codes = ['1000', '1001', '1005', '1006', '4000', 'nothing'];
const moments = ['at once', 'after seconds', 'never'];
const emptyGuess: Guess = { code: '', clean: '', when: '' };

/** What is no longer called at once, ms. */
const atOnceMs = 500;

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
        <Choice label={label} field="when" options={moments} guess={guess} onGuess={onGuess} />
        {seen && !running && <Verdict guess={guess} browser={seen.browser} />}
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
      {notice.wasClean !== undefined && `, wasClean ${String(notice.wasClean)}`}, after{' '}
      {formatMs(notice.afterMs)}
    </>
  );
}

const fieldNames: Record<keyof Guess, string> = { code: 'code', clean: 'wasClean', when: 'heard' };

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
function Verdict({ guess, browser }: { guess: Guess; browser: Notice | undefined }) {
  const was: Guess = {
    code: browser ? String(browser.code) : 'nothing',
    clean: String(browser?.wasClean ?? false),
    when: browser ? (browser.afterMs < atOnceMs ? 'at once' : 'after seconds') : 'never',
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
