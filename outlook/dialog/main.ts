/// <reference types="office-js" />
import { CODE_NOTE, DIALOG_NOTE, messageOf, START } from './notes.ts';

/**
 * The window in which somebody signs in from Outlook. It is opened twice: as the dialog's first page, which has to
 * run Office's script for Office to know the window, and goes on to Zoho; and as the last, with the one-time code that
 * the page before left in this window's own storage. The code goes to whoever opened the dialog, which Office lets
 * only a page of this origin be, and is worth nothing without the secret that the pane holds.
 */
const PATIENCE_MS = 10_000;

async function go(): Promise<void> {
  const ready = typeof Office === 'undefined' ? null : await inTime(Office.onReady());
  const code = sessionStorage.getItem(CODE_NOTE);
  if (code === null) {
    sessionStorage.setItem(DIALOG_NOTE, 'begun');
    // Without Office's script it goes on too: the sign-in that is kept then makes the next try short.
    location.replace(`${START}${location.search}`);
    return;
  }
  sessionStorage.removeItem(CODE_NOTE);
  sessionStorage.removeItem(DIALOG_NOTE);
  if (ready === null) {
    document.getElementById('silent')?.removeAttribute('hidden');
    return;
  }
  Office.context.ui.messageParent(messageOf(code));
}

function inTime<T>(work: Promise<T>): Promise<T | null> {
  return Promise.race([work, new Promise<null>((resolve) => setTimeout(() => resolve(null), PATIENCE_MS))]);
}

void go();
