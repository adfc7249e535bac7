import { comebacks, type StampedeRequest } from '../../contract/stampede.ts';
import { comebackSays, comebackWords } from './words.ts';

export interface ControlsProps {
  settings: StampedeRequest;
  change: (patch: Partial<StampedeRequest>) => void;
  /** Shows how the server ends, too. */
  asksForEnd: boolean;
}

interface Choice<Value> {
  value: Value;
  label: string;
}

const crowds = [10, 50, 100, 200, 240].map((value) => ({ value, label: String(value) }));
const downs: readonly Choice<number | null>[] = [0, 1000, 2000, 3500, 8000].map((value) => ({
  value,
  label: `${String(value / 1000)} s`,
}));
const downsOrNot = [{ value: null, label: 'not at all: another is up' }, ...downs];
const rates = [0, 100, 50, 20, 10].map((value) => ({
  value,
  label: value === 0 ? 'as many as come' : `${String(value)} a second`,
}));
const windows = [0, 2000, 5000, 10_000].map((value) => ({
  value,
  label: value === 0 ? 'all at once' : `over ${String(value / 1000)} s`,
}));
const codes: readonly Choice<number | null>[] = [
  { value: null, label: 'it is killed: RST' },
  { value: 1001, label: 'Close 1001, going away' },
  { value: 1012, label: 'Close 1012, service restart' },
];

/** What the next stampede shall be like. */
export function Controls({ settings, change, asksForEnd }: ControlsProps) {
  return (
    <>
      <fieldset className="troubles">
        <legend>How do clients come back?</legend>
        {comebacks.map((comeback) => (
          <label key={comeback}>
            <input
              type="radio"
              name="comeback"
              checked={settings.comeback === comeback}
              onChange={() => {
                change({ comeback });
              }}
            />
            <span>
              <strong>{comebackWords[comeback]}</strong>: {comebackSays[comeback]}
            </span>
          </label>
        ))}
      </fieldset>
      <div className="panel-row stampede-choices">
        <Select
          label="Bots"
          choices={crowds}
          value={settings.bots}
          choose={(bots) => {
            change({ bots });
          }}
        />
        {asksForEnd && (
          <>
            <Select
              label="The server ends"
              choices={codes}
              value={settings.code}
              choose={(code) => {
                change({ code });
              }}
            />
            <Select
              label="in random order"
              choices={windows}
              value={settings.overMs}
              choose={(overMs) => {
                change({ overMs });
              }}
            />
          </>
        )}
        <Select
          label="It is down for"
          choices={asksForEnd ? downsOrNot : downs}
          value={settings.downMs}
          choose={(downMs) => {
            change({ downMs });
          }}
        />
        <Select
          label="Back up, it answers"
          choices={rates}
          value={settings.acceptPerSecond}
          choose={(acceptPerSecond) => {
            change({ acceptPerSecond });
          }}
        />
      </div>
    </>
  );
}

interface SelectProps<Value> {
  label: string;
  choices: readonly Choice<Value>[];
  value: Value;
  choose: (value: Value) => void;
}

function Select<Value>({ label, choices, value, choose }: SelectProps<Value>) {
  return (
    <label className="select-option">
      {label}{' '}
      <select
        value={choices.findIndex((choice) => choice.value === value)}
        onChange={(event) => {
          const choice = choices[Number(event.target.value)];
          if (choice) choose(choice.value);
        }}
      >
        {choices.map((choice, index) => (
          <option key={choice.label} value={index}>
            {choice.label}
          </option>
        ))}
      </select>
    </label>
  );
}
