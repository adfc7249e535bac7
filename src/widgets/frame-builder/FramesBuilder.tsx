import { tornHeader } from '../../../lessons/challenges/torn-header.ts';
import { FrameBuilder } from './FrameBuilder.tsx';

/** The frame builder of the lesson on frames. */
export const FramesBuilder = () => <FrameBuilder start="rfc-masked-text" challenge={tornHeader} />;
