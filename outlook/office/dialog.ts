/// <reference types="office-js" />
import {
  type OpenPopup,
  openPopup,
  type PopupEnd,
  type PopupWish,
  signInAddress,
} from '../../widget/sign-in/popup.ts';
import { codeOf } from '../dialog/notes.ts';

/** In percent of the screen. */
const SIZE = { height: 70, width: 30 };
/** The person closed the dialog. https://learn.microsoft.com/office/dev/add-ins/develop/dialog-handle-errors-events */
const CLOSED = 12006;
/** The person did not let the dialog open. */
const IGNORED = 12009;

/**
 * Opens the sign-in in a dialog of Office's, whose pages are ours and Zoho's; nothing is asked of whom Office takes
 * the person for. Where Office opens none, in a window of the browser's.
 */
export const openDialog: OpenPopup = (wish) => {
  if (!Office.context.requirements.isSetSupported('DialogApi', '1.1')) return openPopup(wish);
  const over = new AbortController();
  let cancel = () => over.abort();
  const ended = new Promise<PopupEnd>((resolve) => {
    Office.context.ui.displayDialogAsync(firstPage(wish), { ...SIZE, promptBeforeOpen: true }, (answer) => {
      if (answer.status === Office.AsyncResultStatus.Failed) {
        if (answer.error.code === IGNORED) return resolve('closed');
        const popup = over.signal.aborted ? null : openPopup(wish);
        if (popup === null) return resolve('blocked');
        cancel = popup.cancel;
        popup.ended.then(resolve);
        return;
      }
      const dialog = answer.value;
      if (over.signal.aborted) return dialog.close();
      over.signal.addEventListener('abort', () => dialog.close());
      dialog.addEventHandler(Office.EventType.DialogMessageReceived, (event) => {
        const code = codeOf('message' in event ? event.message : null);
        if (code === null) return;
        dialog.close();
        resolve({ code });
      });
      dialog.addEventHandler(Office.EventType.DialogEventReceived, (event) => {
        const why = 'error' in event ? event.error : CLOSED;
        // 12002, 12003: a page that did not load, or not over https; the window says so, and stays.
        resolve(why === CLOSED ? 'closed' : 'refused');
      });
    });
  });
  return { ended, cancel: () => cancel() };
};

/** The dialog begins with a page of ours: Office opens no other, and lets no other answer the pane. */
function firstPage(wish: PopupWish): string {
  const { search } = new URL(signInAddress(wish), location.origin);
  return new URL(`/outlook/dialog.html${search}`, location.origin).href;
}
