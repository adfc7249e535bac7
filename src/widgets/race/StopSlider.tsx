import { useId } from 'react';

interface StopSliderProps {
  label: string;
  stops: readonly number[];
  value: number;
  text: (value: number) => string;
  disabled: boolean;
  onChange: (value: number) => void;
}

/** A slider that stops at given values, and says the value in words. */
export function StopSlider({ label, stops, value, text, disabled, onChange }: StopSliderProps) {
  const id = useId();
  const at = Math.max(0, stops.indexOf(value));
  return (
    <div className="stop-slider">
      <label htmlFor={id}>{label}</label>
      <output htmlFor={id}>{text(value)}</output>
      <input
        id={id}
        type="range"
        min={0}
        max={stops.length - 1}
        step={1}
        value={at}
        disabled={disabled}
        aria-valuetext={text(value)}
        onChange={(event) => {
          onChange(stops[Number(event.target.value)] ?? value);
        }}
      />
    </div>
  );
}
