interface ChoicesProps {
  legend: string;
  /** Names the group of radio buttons. */
  name: string;
  choices: readonly { id: string; label: string }[];
  chosen: string;
  onChoose: (id: string) => void;
}

/** What to try next: one of several things. */
export function Choices({ legend, name, choices, chosen, onChoose }: ChoicesProps) {
  return (
    <fieldset className="troubles">
      <legend>{legend}</legend>
      {choices.map(({ id, label }) => (
        <label key={id}>
          <input
            type="radio"
            name={name}
            checked={chosen === id}
            onChange={() => {
              onChoose(id);
            }}
          />
          {label}
        </label>
      ))}
    </fieldset>
  );
}
