import { backInACrowd } from '../../../lessons/challenges/back-in-a-crowd.ts';
import type { Challenge } from '../../../lessons/challenges/challenge.ts';
import { quietDeploy } from '../../../lessons/challenges/quiet-deploy.ts';
import { plainStampede, type StampedeRequest } from '../../contract/stampede.ts';

/** What a bench with a crowd is about. */
export interface Kind {
  title: string;
  /** What it is set to at first. */
  first: StampedeRequest;
  /** The learner chooses how the server ends. */
  asksForEnd: boolean;
  start: string;
  challenge: Challenge;
}

/** The crowd that loses its server, and the server that is deployed under its crowd. */
export const kinds = {
  stampede: {
    title: 'Stampede',
    first: { ...plainStampede, comeback: 'exponential', downMs: 3500 },
    asksForEnd: false,
    start: 'Gather them, and kill the server',
    challenge: backInACrowd,
  },
  deploy: {
    title: 'Deploy bench',
    first: { ...plainStampede, comeback: 'jittered', downMs: 1000 },
    asksForEnd: true,
    start: 'Gather them, and deploy',
    challenge: quietDeploy,
  },
} as const satisfies Record<string, Kind>;
