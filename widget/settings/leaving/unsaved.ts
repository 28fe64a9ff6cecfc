import { useEffect, useId } from 'react';

const open = new Set<string>();

/** Whether anything on the page is edited and not saved. */
export const isAnythingUnsaved = (): boolean => open.size > 0;

/** Says of a form that it holds what is not saved: it is asked about before the page is left. */
export function useUnsaved(isUnsaved: boolean): void {
  const id = useId();
  useEffect(() => {
    if (!isUnsaved) return;
    open.add(id);
    return () => void open.delete(id);
  }, [id, isUnsaved]);
}
