import { useEffect, useState } from 'react';
import { pollingWins } from '../../../lessons/challenges/polling-wins.ts';
import type { WireLogView } from '../../derive/log-reader.ts';
import { $session } from '../../lab/session-store.ts';
import { ChallengeCard } from '../bench/ChallengeCard.tsx';

/** How often the judge looks, ms: a long log takes it some time. */
const judgeEveryMs = 2000;

/** The challenge, judged anew every two seconds. */
export function ChallengePanel() {
  const [log, setLog] = useState<WireLogView>($session.get().log);
  useEffect(() => {
    const timer = setInterval(() => {
      setLog($session.get().log);
    }, judgeEveryMs);
    return () => {
      clearInterval(timer);
    };
  }, []);
  return (
    <div className="panel challenges">
      <ChallengeCard challenge={pollingWins} connections={log.connections} />
    </div>
  );
}
