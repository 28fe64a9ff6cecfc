import { useEffect, useState } from 'react';

/**
 * Goes on from a form once it is saved, and not before the page knows: it would ask whether to leave it.
 *
 * @returns what is called when it was saved.
 */
export function useOnceSaved(isChanged: boolean, onwards: (() => void) | undefined): () => void {
  const [goesOn, setGoesOn] = useState(false);
  useEffect(() => {
    if (!goesOn || isChanged) return;
    setGoesOn(false);
    onwards?.();
  }, [goesOn, isChanged, onwards]);
  return () => setGoesOn(true);
}
