import { useId } from 'react';
import { NumberField } from './NumberField.tsx';
import { partFields, partWords } from './part-fields.ts';
import { refusalOf } from './parts.ts';
import { isBare, partNames, partsOn, type LabSettings, type PartName } from './settings.ts';

export interface PartSwitchesProps {
  settings: LabSettings;
  /** A run is under way: nothing can be changed. */
  isLocked: boolean;
  onChange: (settings: LabSettings) => void;
}

/** Every part of the resilient client with its switch; the parameters of those that are on, on request. */
export function PartSwitches({ settings, isLocked, onChange }: PartSwitchesProps) {
  const id = useId();
  const change = (name: PartName, changed: object): void => {
    onChange({ ...settings, found: '', [name]: { ...settings[name], ...changed } });
  };
  const on = partsOn(settings);
  return (
    <fieldset className="lab-parts" disabled={isLocked}>
      <legend>The client: {kindOf(settings)}</legend>
      <div className="lab-switches">
        {partNames.map((name) => (
          <div key={name} className="lab-part" data-on={settings[name].isOn}>
            <input
              id={`${id}-${name}`}
              type="checkbox"
              role="switch"
              checked={settings[name].isOn}
              aria-describedby={`${id}-${name}-does`}
              onChange={(event) => {
                change(name, { isOn: event.target.checked });
              }}
            />
            <label htmlFor={`${id}-${name}`}>{partWords[name].label}</label>
            <span id={`${id}-${name}-does`} className="panel-note">
              {partWords[name].does}
            </span>
          </div>
        ))}
      </div>
      <details className="options">
        <summary>Parameters of the parts that are on</summary>
        {on.length === 0 && <p className="panel-note">No part is on, so there is nothing to set.</p>}
        {on.map((name) => (
          <Parameters
            key={name}
            name={name}
            settings={settings}
            onChange={(changed) => {
              change(name, changed);
            }}
          />
        ))}
      </details>
    </fieldset>
  );
}

interface ParametersProps {
  name: PartName;
  settings: LabSettings;
  onChange: (changed: object) => void;
}

/** The parameters of a part, and what the part itself says against them. */
function Parameters({ name, settings, onChange }: ParametersProps) {
  const { isOn, ...parameters } = settings[name];
  const values: Readonly<Record<string, unknown>> = parameters;
  const refusal = isOn ? refusalOf(name, settings) : undefined;
  if (partFields[name].length === 0) return null;
  return (
    <div className="lab-parameter-group" role="group" aria-label={`Parameters: ${partWords[name].label}`}>
      <strong>{partWords[name].label}</strong>
      <div className="lab-parameters">
        {partFields[name].map((field) =>
          field.kind === 'number' ? (
            <NumberField
              key={field.name}
              label={field.label}
              unit={field.unit}
              value={Number(values[field.name])}
              onChange={(value) => {
                onChange({ [field.name]: value });
              }}
            />
          ) : (
            <label key={field.name} className="lab-field">
              <span>{field.label}</span>
              <select
                value={String(values[field.name])}
                onChange={(event) => {
                  onChange({ [field.name]: event.target.value });
                }}
              >
                {field.words.map((word) => (
                  <option key={word}>{word}</option>
                ))}
              </select>
            </label>
          ),
        )}
      </div>
      <p className="panel-error" role="alert">
        {refusal}
      </p>
    </div>
  );
}

/** What kind of client goes with settings. */
function kindOf(settings: LabSettings): string {
  if (settings.found !== '') return 'a snippet as found on the web, in a frame of its own';
  return isBare(settings) ? 'a bare WebSocket' : 'a resilient socket';
}
