import { answer426 } from '../../../lessons/challenges/answer-426.ts';
import { chatByHand } from '../../../lessons/challenges/chat-by-hand.ts';
import type { Connection } from '../../derive/connection.ts';
import { ChallengeCard } from '../bench/ChallengeCard.tsx';

/** The challenges of this bench, each judged from the wire log alone. */
export function ChallengePanel({ connections }: { connections: readonly Connection[] }) {
  return (
    <div className="panel challenges">
      {[answer426, chatByHand].map((challenge) => (
        <ChallengeCard key={challenge.id} challenge={challenge} connections={connections} />
      ))}
    </div>
  );
}
