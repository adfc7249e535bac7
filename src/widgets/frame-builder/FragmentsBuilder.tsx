import { pingBetweenFragments } from '../../../lessons/challenges/ping-between-fragments.ts';
import { FrameBuilder } from './FrameBuilder.tsx';

/** The frame builder of the lesson on fragments, with a fragmented message and a ping in its tray. */
export const FragmentsBuilder = () => (
  <FrameBuilder start="ping-between-fragments" challenge={pingBetweenFragments} />
);
