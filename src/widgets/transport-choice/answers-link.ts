import { questionIds, questions, type Answers } from './questions.ts';

const parameter = 'decide';

/** Answers as the part of an address behind `#`: `decide=direction.down_rate.some`; empty where there are none. */
export function hashOf(answers: Answers): string {
  const given = questionIds.flatMap((question) => {
    const option = answers[question];
    return option === undefined ? [] : [`${question}.${option}`];
  });
  return given.length === 0 ? '' : `#${parameter}=${given.join('_')}`;
}

/** The answers that an address holds; what it does not know it passes over. `undefined` where it is about something else. */
export function answersOf(hash: string): Answers | undefined {
  const text = new URLSearchParams(hash.replace(/^#/, '')).get(parameter);
  if (text === null) return undefined;
  const answers: Record<string, string> = {};
  for (const pair of text.split('_')) {
    const [question = '', option = ''] = pair.split('.');
    const asked = questionIds.find((id) => id === question);
    if (asked && questions[asked].options.some(({ id }) => id === option)) answers[asked] = option;
  }
  return answers;
}
