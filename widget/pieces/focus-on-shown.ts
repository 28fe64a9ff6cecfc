import { flushSync } from 'react-dom';

/**
 * Moves the focus to what a change has just brought, in the handler that made the change: it is drawn at once, so that
 * the next key that a person presses meets the focus where it belongs. Where nothing is found the focus stays.
 */
export function focusOnShown(find: () => HTMLElement | null | undefined): void {
  flushSync(() => undefined);
  find()?.focus();
}
