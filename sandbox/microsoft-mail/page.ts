import { empty, moment } from '../page/format.ts';
import { html } from '../page/html.ts';
import { layout } from '../page/layout.ts';
import { table } from '../page/table.ts';
import type { VendorPages } from '../page/vendor-pages.ts';
import type { View } from '../page/view.ts';
import { foldersOf, type MailRow, mailsOf } from './rows.ts';

const PATH = '/view/outlook-mail';
const SHOWN = 100;

/** The first account's mails, the newest first. */
export const outlookMailPages: VendorPages = {
  place: { path: PATH, en: 'Outlook mail', fr: 'Messagerie Outlook' },
  mount: (mount) =>
    mount('get', PATH, (view) => {
      const desk = view.desk('microsoft-mail');
      if (!desk) return undefined;
      const rows = mailsOf(desk)
        .all()
        .toSorted((one, other) => other.receivedAt - one.receivedAt)
        .slice(0, SHOWN);
      return layout(view, {
        title: view.t('Outlook mail', 'Messagerie Outlook'),
        look: 'contacts',
        rawOf: 'microsoft-mail',
        live:
          rows.length === 0
            ? empty(view.t('There are no mails.', 'Il n’y a aucun e-mail.'))
            : list(view, rows),
      });
    }),
};

const list = (view: View, rows: readonly MailRow[]) =>
  table(
    view.t('Mails', 'E-mails'),
    [
      { title: view.t('Received', 'Reçu'), cell: ({ receivedAt }) => moment(view, receivedAt) },
      { title: view.t('From', 'De'), cell: ({ from }) => from.name || from.address },
      { title: view.t('Subject', 'Objet'), cell: ({ subject }) => html`<b>${subject}</b>` },
      {
        title: view.t('Folder', 'Dossier'),
        cell: ({ folder }) =>
          foldersOf(view.desk('microsoft-mail') ?? neverHere())
            .all()
            .find(({ id }) => id === folder)?.displayName ?? '',
      },
    ],
    rows,
  );

function neverHere(): never {
  throw new Error('the page of a simulator was shown without it');
}
