import { useCallback, useState, type ToggleEvent } from 'react';

/** What a `details` element needs whose content is drawn only while it is open: spread `details` over it. */
export function useOpenDetails() {
  const [isOpen, setIsOpen] = useState(false);
  // A learner may have been quicker than the script, and opened it before anybody listened.
  const ref = useCallback((element: HTMLDetailsElement | null) => {
    if (element?.open === true) setIsOpen(true);
  }, []);
  const onToggle = useCallback((event: ToggleEvent<HTMLDetailsElement>) => {
    setIsOpen(event.currentTarget.open);
  }, []);
  return { isOpen, setIsOpen, details: { ref, onToggle } };
}
