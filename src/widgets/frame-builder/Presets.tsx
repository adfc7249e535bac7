import { presetGroups, presetOf } from './frame-presets.ts';

/** The frames to start from, by group, and what the chosen ones are. */
export function Presets({
  chosen,
  onChoose,
}: {
  /** The id of the preset that was loaded last. */
  chosen: string;
  onChoose: (id: string) => void;
}) {
  return (
    <div className="presets">
      <label className="select-option">
        Start from
        <select
          value={chosen}
          onChange={({ target }) => {
            onChoose(target.value);
          }}
        >
          {presetGroups.map(({ label, presets }) => (
            <optgroup key={label} label={label}>
              {presets.map((preset) => (
                <option key={preset.id} value={preset.id}>
                  {preset.label}
                </option>
              ))}
            </optgroup>
          ))}
        </select>
      </label>
      <button
        type="button"
        className="bench-button quiet"
        onClick={() => {
          onChoose(chosen);
        }}
      >
        Load again
      </button>
      <p className="panel-note">{presetOf(chosen)?.says}</p>
    </div>
  );
}
