import { type RefObject, useEffect, useRef } from 'react';

/**
 * Keeps the focus in a list whose rows go away as they are dealt with: where the one that had it is gone, the
 * one in its place has it, and the list itself where none is left.
 *
 * @returns to be given to the element around the list; it and its `li` take the focus (`tabIndex` -1).
 */
export function useFocusKept(): RefObject<HTMLDivElement | null> {
  const place = useRef<HTMLDivElement>(null);
  const last = useRef<number | null>(null);

  useEffect(() => {
    const onFocus = ({ target }: FocusEvent) => {
      const row = target instanceof Element ? target.closest('li') : null;
      if (row !== null && place.current?.contains(row)) last.current = rowsOf(place.current).indexOf(row);
      // Elsewhere on purpose; while a row goes, nothing else is focused.
      else if (target !== place.current) last.current = null;
    };
    const onPointer = ({ target }: PointerEvent) => {
      if (target instanceof Node && !place.current?.contains(target)) last.current = null;
    };
    document.addEventListener('focusin', onFocus);
    document.addEventListener('pointerdown', onPointer);
    return () => {
      document.removeEventListener('focusin', onFocus);
      document.removeEventListener('pointerdown', onPointer);
    };
  }, []);

  useEffect(() => {
    const here = place.current;
    const { activeElement } = document;
    const isLost = activeElement === null || activeElement === document.body || isDisabled(activeElement);
    if (here === null || last.current === null || !isLost) return;
    const rows = rowsOf(here);
    (rows[Math.min(last.current, rows.length - 1)] ?? here).focus({ preventScroll: false });
  });

  return place;
}

const rowsOf = (place: HTMLElement): HTMLLIElement[] => [
  ...place.querySelectorAll<HTMLLIElement>(':scope > ol > li'),
];

/** What cannot be pressed keeps no focus either. */
const isDisabled = (element: Element): boolean => element instanceof HTMLButtonElement && element.disabled;
