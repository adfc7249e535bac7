import { useId } from 'react';
import { partNames, type LabSettings, type PartName } from './settings.ts';
import { NumberField } from './NumberField.tsx';
import { partFields, partWords } from './part-fields.ts';
import { refusalOf } from './parts.ts';

export interface PartSwitchesProps {
  settings: LabSettings;
  /** A run is under way: nothing can be changed. */
  isLocked: boolean;
  onChange: (settings: LabSettings) => void;
}

/** Every part of the resilient client with its switch, and its parameters where it is on. */
export function PartSwitches({ settings, isLocked, onChange }: PartSwitchesProps) {
  return (
    <fieldset className="lab-parts" disabled={isLocked}>
      <legend>The client</legend>
      {partNames.map((name) => (
        <Part
          key={name}
          name={name}
          settings={settings}
          onChange={(changed) => {
            onChange({ ...settings, [name]: { ...settings[name], ...changed } });
          }}
        />
      ))}
    </fieldset>
  );
}

interface PartProps {
  name: PartName;
  settings: LabSettings;
  onChange: (changed: object) => void;
}

function Part({ name, settings, onChange }: PartProps) {
  const id = useId();
  const { isOn, ...parameters } = settings[name];
  const values: Readonly<Record<string, unknown>> = parameters;
  const refusal = isOn ? refusalOf(name, settings) : undefined;
  return (
    <div className="lab-part" data-on={isOn}>
      <div className="check">
        <input
          id={id}
          type="checkbox"
          role="switch"
          checked={isOn}
          aria-describedby={`${id}-does`}
          onChange={(event) => {
            onChange({ isOn: event.target.checked });
          }}
        />
        <label htmlFor={id}>{partWords[name].label}</label>
        <span id={`${id}-does`} className="panel-note">
          {partWords[name].does}
        </span>
      </div>
      {isOn && partFields[name].length > 0 && (
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
      )}
      <p className="panel-error" role="alert">
        {refusal}
      </p>
    </div>
  );
}
