import { useEffect, useMemo, useState } from 'react';
import { CopyLine } from '../../ui/CopyLine.tsx';
import { answersOf, hashOf } from './answers-link.ts';
import { decide } from './decide.ts';
import { examples } from './examples.ts';
import { Question } from './Question.tsx';
import { questionIds, type Answers, type QuestionId } from './questions.ts';
import { Recommendation } from './Recommendation.tsx';
import { transports } from './transports.ts';
import '../../ui/bench.css';
import './transport-choice.css';

/** Questions about what you build, and what follows from the answers: a recommendation with its reasons, and with what speaks against it. */
export function DecisionHelper() {
  const [answers, setAnswers] = useAnswersOfAddress();
  const decision = useMemo(() => decide(answers), [answers]);
  const [first] = decision.standings;
  const given = questionIds.filter((id) => answers[id] !== undefined).length;
  const answer = (question: QuestionId, option: string | undefined): void => {
    setAnswers(withAnswer(answers, question, option));
  };
  return (
    <section className="bench decision-helper not-content" aria-label="Decision helper">
      <header className="helper-head">
        <p className="bench-title">What should I use?</p>
        <span className="helper-count">
          {given} of {questionIds.length} answered
        </span>
        <button
          type="button"
          className="bench-button quiet"
          disabled={given === 0}
          onClick={() => {
            setAnswers({});
          }}
        >
          Start again
        </button>
      </header>
      <div className="helper-examples" role="group" aria-label="Examples">
        <span>Answered for you:</span>
        {examples.map((example) => (
          <button
            key={example.name}
            type="button"
            className="bench-button quiet"
            aria-pressed={hashOf(example.answers) === hashOf(answers)}
            onClick={() => {
              setAnswers(example.answers);
            }}
          >
            {example.name}
          </button>
        ))}
      </div>
      <div className="helper-sides">
        <div className="helper-questions">
          {questionIds.map((id) => (
            <Question key={id} id={id} answer={answers[id]} onAnswer={answer} />
          ))}
          <p className="helper-now" aria-hidden="true">
            So far: {first && decision.isReady ? transports[first.transport].name : 'nothing yet'}
          </p>
        </div>
        <div className="helper-result">
          <Recommendation decision={decision} />
          {given > 0 && <CopyLine label="link to these answers" line={addressOf(answers)} />}
        </div>
      </div>
    </section>
  );
}

/** The answers with another one to a question; `undefined` leaves it open. */
const withAnswer = (answers: Answers, question: QuestionId, option: string | undefined): Answers =>
  Object.fromEntries(
    questionIds
      .map((id) => [id, id === question ? option : answers[id]] as const)
      .filter(([, answer]) => answer !== undefined),
  );

const addressOf = (answers: Answers): string =>
  typeof location === 'undefined' ? '' : location.origin + location.pathname + hashOf(answers);

/** The answers, kept in the address bar, so that a link or a reload restores them. */
function useAnswersOfAddress(): [Answers, (answers: Answers) => void] {
  const [answers, setAnswers] = useState<Answers>({});
  useEffect(() => {
    const restore = (): void => {
      const asked = answersOf(location.hash);
      if (asked) setAnswers(asked);
    };
    restore();
    addEventListener('hashchange', restore);
    return () => {
      removeEventListener('hashchange', restore);
    };
  }, []);
  const keep = (next: Answers): void => {
    setAnswers(next);
    history.replaceState(history.state, '', location.pathname + location.search + hashOf(next));
  };
  return [answers, keep];
}
