import type { Answers } from './questions.ts';

/** Things that people build, with the answers that they would give. */
export const examples: readonly { name: string; answers: Answers }[] = [
  {
    name: 'Live scores',
    answers: {
      direction: 'down',
      rate: 'some',
      wait: 'now',
      payload: 'text',
      loss: 'all',
      clients: 'browsers',
    },
  },
  {
    name: 'A chat',
    answers: {
      direction: 'both',
      rate: 'some',
      wait: 'now',
      payload: 'text',
      loss: 'all',
      clients: 'browsers',
      closed: 'yes',
    },
  },
  {
    name: 'A nightly report',
    answers: { direction: 'down', rate: 'rare', wait: 'minute', payload: 'text', idle: 'many' },
  },
  {
    name: 'A fast game',
    answers: {
      direction: 'both',
      rate: 'fast',
      wait: 'now',
      payload: 'binary',
      loss: 'latest',
      network: 'modern',
    },
  },
  {
    name: 'A file, page to page',
    answers: { direction: 'peers', rate: 'fast', payload: 'binary', loss: 'all', clients: 'browsers' },
  },
  {
    name: 'A language model’s answer',
    answers: { direction: 'down', rate: 'fast', wait: 'now', payload: 'text', clients: 'programs' },
  },
  {
    name: 'Sensors that report',
    answers: { direction: 'up', rate: 'rare', payload: 'text', loss: 'all', clients: 'devices' },
  },
];
