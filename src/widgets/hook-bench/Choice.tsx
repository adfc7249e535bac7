/** A choice of one among a few, all in sight. */
export function Choice<Value extends string>({
  legend,
  options,
  value,
  isFixed,
  onChange,
}: {
  legend: string;
  options: readonly (readonly [Value, string])[];
  value: Value;
  isFixed: boolean;
  onChange: (value: Value) => void;
}) {
  return (
    <fieldset className="hook-choice" disabled={isFixed}>
      <legend>{legend}</legend>
      {options.map(([option, label]) => (
        <label key={option}>
          <input
            type="radio"
            name={`hook-${legend}`}
            checked={value === option}
            onChange={() => {
              onChange(option);
            }}
          />
          {label}
        </label>
      ))}
    </fieldset>
  );
}
