import { Activity, useLayoutEffect, useState, type ReactNode } from 'react';

/**
 * What StrictMode does to effects in React's development build: they run, are cleaned up, and run again, at once, and
 * state is kept. Pages are served with the production build, where StrictMode does nothing; `<Activity>` there cleans up the
 * effects of what it hides and runs them again when it is shown, so that one hides its children once, for no time.
 */
export function MountTwice({ children }: { children: ReactNode }) {
  const [step, setStep] = useState(0);
  useLayoutEffect(() => {
    // Without a pause: that is how StrictMode does it.
    // eslint-disable-next-line react-hooks/set-state-in-effect
    if (step < 2) setStep(step + 1);
  }, [step]);
  return <Activity mode={step === 1 ? 'hidden' : 'visible'}>{children}</Activity>;
}
