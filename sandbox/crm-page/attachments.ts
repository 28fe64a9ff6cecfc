import { empty, fileSize, moment } from '../page/format.ts';
import { type Html, html } from '../page/html.ts';
import { attachmentsOf } from '../zoho-crm/attachment-routes.ts';
import type { CrmView } from './crm-view.ts';

/** The files beside a record, the latest first. */
export function attachments(view: CrmView, module: string, record: string): Html {
  const own = attachmentsOf(view.crm)
    .all()
    .filter((row) => row.module === module && row.record === record)
    .toReversed();
  return html`<section class="card" id="attachments"><h2>${view.t('Attachments', 'Pièces jointes')} <small>${own.length}</small></h2>${
    own.length === 0
      ? empty(view.t('No file yet.', 'Aucun fichier.'))
      : html`<ol class="history">${own.map(
          ({ name, size, at, by }) =>
            html`<li>${moment(view, at)} <b>${name}</b> ${fileSize(view, size)} · ${by.name}</li>`,
        )}</ol>`
  }</section>`;
}
