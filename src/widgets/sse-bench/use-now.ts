import { useEffect, useState } from 'react';

/** The page's time in ms, anew five times a second for as long as something waits. */
export function useNow(isWaiting: boolean): number {
  const [now, setNow] = useState(0);
  useEffect(() => {
    setNow(performance.now());
    if (!isWaiting) return undefined;
    const timer = setInterval(() => {
      setNow(performance.now());
    }, 200);
    return () => {
      clearInterval(timer);
    };
  }, [isWaiting]);
  return now;
}
