/** Left in the window by the dialog's first page, so that the page at the end of the sign-in knows where it is. */
export const DIALOG_NOTE = 'liaison.dialog';
/** Left by the page at the end of the sign-in: `server/session/popup-page.ts` writes both names too. */
export const CODE_NOTE = 'liaison.dialog.code';
/** Where the sign-in begins, on this server. */
export const START = '/auth/zoho/start';

/** What the dialog tells the pane: the text of a message of Office's. */
export const messageOf = (code: string): string => JSON.stringify({ type: 'liaison.sign-in', code });

/** @returns the one-time code of a message; null for any other message. */
export function codeOf(message: unknown): string | null {
  if (typeof message !== 'string') return null;
  try {
    const told: unknown = JSON.parse(message);
    const { type, code } = (typeof told === 'object' && told !== null ? told : {}) as Record<string, unknown>;
    return type === 'liaison.sign-in' && typeof code === 'string' ? code : null;
  } catch {
    return null;
  }
}
