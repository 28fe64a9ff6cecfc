import { empty, fileSize, moment } from '../page/format.ts';
import { type Html, html } from '../page/html.ts';
import type { Answer } from '../page/mount.ts';
import { table } from '../page/table.ts';
import { type AttachmentRow, attachmentsOf, bytesOf, filesBeside } from '../zoho-crm/attachment-routes.ts';
import type { CrmView } from './crm-view.ts';

/** The files beside a record, each of them to be had. */
export function attachmentList(view: CrmView, module: string, record: string): Html {
  const own = filesBeside(view.crm, module, record);
  if (own.length === 0) return empty(view.t('No file yet.', 'Aucun fichier.'));
  return table(view.t('Attachments', 'Pièces jointes'), columns(view), own, ({ id }) => id);
}

const columns = (view: CrmView) => [
  {
    title: view.t('File', 'Fichier'),
    cell: ({ module, record, id, name }: AttachmentRow) =>
      html`<a href="${view.to(`/crm/${module}/${record}/attachments/${id}`)}" download>${name}</a>`,
  },
  {
    title: view.t('Size', 'Taille'),
    number: true,
    cell: ({ size }: AttachmentRow) => fileSize(view, size),
  },
  { title: view.t('Added by', 'Ajouté par'), cell: ({ by }: AttachmentRow) => by.name },
  { title: view.t('When', 'Quand'), cell: ({ at }: AttachmentRow) => moment(view, at) },
];

/** One file; undefined where the record has none such. */
export function attachedFile(view: CrmView, module: string, record: string, id: string): Answer {
  const row = attachmentsOf(view.crm).get(id);
  const bytes = bytesOf(view.crm, id);
  if (row === undefined || bytes === undefined) return undefined;
  return row.module === module && row.record === record ? { file: row.name, bytes } : undefined;
}
