import { useId } from 'react';
import { questions, type QuestionId } from './questions.ts';

export interface QuestionProps {
  id: QuestionId;
  answer: string | undefined;
  /** `undefined` leaves the question open again. */
  onAnswer: (question: QuestionId, option: string | undefined) => void;
}

/** One question of the helper. “Open” is an answer too: then nothing that depends on it is said. */
export function Question({ id, answer, onAnswer }: QuestionProps) {
  const name = useId();
  const { asks, options } = questions[id];
  return (
    <fieldset className="helper-question">
      <legend>{asks}</legend>
      {[...options, { id: undefined, label: 'Left open' }].map((option) => (
        <label key={option.label} data-open={option.id === undefined || undefined}>
          <input
            type="radio"
            name={name}
            checked={answer === option.id}
            onChange={() => {
              onAnswer(id, option.id);
            }}
          />
          <span>{option.label}</span>
        </label>
      ))}
    </fieldset>
  );
}
