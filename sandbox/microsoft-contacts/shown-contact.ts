import type { ContactRow } from './rows.ts';

const changeKeyOf = ({ id, seq }: Pick<ContactRow, 'id' | 'seq'>): string =>
  Buffer.from(`${id.slice(-8)}/${seq}`).toString('base64');

/** What a change has to name. */
export const etagOf = (row: Pick<ContactRow, 'id' | 'seq'>): string => `W/"${changeKeyOf(row)}"`;

const moment = (at: number): string => new Date(at).toISOString().replace(/\.\d+Z$/, 'Z');

export const shownId = ({ id, folderId }: Pick<ContactRow, 'id' | 'folderId'>, immutable: boolean): string =>
  immutable ? id : folderId;

/** A contact as Graph shows it. @param select the properties that were asked for; null: all of them. */
export function shownContact(row: ContactRow, immutable: boolean, select: readonly string[] | null): object {
  const whole: Readonly<Record<string, unknown>> = {
    id: shownId(row, immutable),
    createdDateTime: moment(row.createdAt),
    lastModifiedDateTime: moment(row.at),
    changeKey: changeKeyOf(row),
    parentFolderId: row.folder,
    ...row.contact,
  };
  const names = select === null ? Object.keys(whole) : ['id', ...select];
  return {
    '@odata.etag': etagOf(row),
    ...Object.fromEntries(names.flatMap((name) => (name in whole ? [[name, whole[name]]] : []))),
  };
}
