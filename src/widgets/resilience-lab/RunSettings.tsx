import { durationOf } from '../../contract/fault-script.ts';
import { faultPresets } from '../../contract/fault-presets.ts';
import { waitWords } from '../../derive/condition-words.ts';
import { foundNames, foundWords, isFoundName } from '../seed-frame/found-names.ts';
import { NumberField } from './NumberField.tsx';
import { labPresets, withScript } from './presets.ts';
import { withParts, type LabSettings } from './settings.ts';

export interface RunSettingsProps {
  settings: LabSettings;
  isLocked: boolean;
  onChange: (settings: LabSettings) => void;
}

/** Tells a snippet's name from that of a set of parts. */
const foundPrefix = 'found-';

/** The times of a run. */
const times = [
  ['everyMs', 'A message every'],
  ['lengthMs', 'Length'],
  ['lateMs', 'Late after'],
  ['tokenMs', 'A token lasts; 0: none needed'],
] as const;

/** How fast and how long a run is, what is done to the network meanwhile, and sets of parts to begin with. */
export function RunSettings({ settings, isLocked, onChange }: RunSettingsProps) {
  return (
    <fieldset className="lab-run-settings" disabled={isLocked}>
      <legend>The run</legend>
      <div className="lab-run-fields">
        <label className="lab-field wide">
          <span>The client, as a whole</span>
          <select
            value={settings.found === '' ? '' : `${foundPrefix}${settings.found}`}
            onChange={(event) => {
              const found = event.target.value.slice(foundPrefix.length);
              if (event.target.value.startsWith(foundPrefix) && isFoundName(found)) {
                onChange({ ...withParts(settings, []), found });
                return;
              }
              const preset = Object.entries(labPresets).find(([name]) => name === event.target.value)?.[1];
              if (!preset) return;
              const { everyMs, lengthMs, lateMs, tokenMs, script } = settings;
              onChange({ ...preset.settings, everyMs, lengthMs, lateMs, tokenMs, script });
            }}
          >
            <option value="">choose a set of parts …</option>
            {Object.entries(labPresets).map(([name, { label }]) => (
              <option key={name} value={name}>
                {label}
              </option>
            ))}
            {foundNames.map((name) => (
              <option key={name} value={`${foundPrefix}${name}`}>
                {foundWords[name]}
              </option>
            ))}
          </select>
        </label>
        <label className="lab-field wide">
          <span>What happens to the network</span>
          <select
            value={settings.script}
            onChange={(event) => {
              onChange(withScript(settings, event.target.value));
            }}
          >
            <option value="">nothing, or what you impose above</option>
            {Object.entries(faultPresets).map(([name, script]) => (
              <option key={name} value={name}>
                {script.name}, {waitWords(durationOf(script))}
              </option>
            ))}
          </select>
        </label>
        {times.map(([name, label]) => (
          <NumberField
            key={name}
            label={label}
            unit="ms"
            value={settings[name]}
            onChange={(value) => {
              onChange({ ...settings, [name]: value });
            }}
          />
        ))}
      </div>
    </fieldset>
  );
}
