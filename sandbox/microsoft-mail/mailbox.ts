import type { VendorDesk } from '../core/simulator.ts';
import { type ChangeType, notifySubscriptions } from '../microsoft/notify.ts';
import { type MailRow, mailsOf } from './rows.ts';

export const shownId = ({ id, folderId }: Pick<MailRow, 'id' | 'folderId'>, immutable: boolean): string =>
  immutable ? id : folderId;

const changeKeyOf = ({ id, changes }: Pick<MailRow, 'id' | 'changes'>): string =>
  Buffer.from(`${id.slice(-8)}/${changes}`).toString('base64');
export const etagOf = (row: Pick<MailRow, 'id' | 'changes'>): string => `W/"${changeKeyOf(row)}"`;

const tell = (desk: VendorDesk, changeType: ChangeType, row: MailRow): void =>
  notifySubscriptions(desk, changeType, {
    collection: 'Messages',
    type: '#Microsoft.Graph.Message',
    etag: etagOf(row),
    id: (immutable) => shownId(row, immutable),
  });

const newFolderId = (desk: VendorDesk): string => `${desk.id('AAMkAGI2THk0', 30)}AAA=`;

export type GivenMail = Omit<MailRow, 'id' | 'folderId' | 'changes' | 'receivedAt'>;

/** A mail that comes into a folder: whoever follows the mailbox hears of it. */
export function putMail(desk: VendorDesk, given: GivenMail): MailRow {
  const id = `${desk.id('AAkALgAAAAAAHYQDEapmEc2byACqAC-EWg0A', 20)}AA=`;
  const row = {
    ...given,
    ...{ id, folderId: newFolderId(desk), changes: 1, receivedAt: desk.clock().getTime() },
  };
  mailsOf(desk).put(id, row);
  tell(desk, 'created', row);
  return row;
}

/** A draft that is sent keeps its id, and is told of as changed. */
export function sendDraft(desk: VendorDesk, row: MailRow, folder: string): MailRow {
  const sent = {
    ...row,
    ...{ folder, folderId: newFolderId(desk), isDraft: false, changes: row.changes + 1 },
    receivedAt: desk.clock().getTime(),
  };
  mailsOf(desk).put(row.id, sent);
  tell(desk, 'updated', sent);
  return sent;
}

/** One that is there, by either of its ids. */
export function findMail(desk: VendorDesk, id: string): MailRow | undefined {
  return (
    mailsOf(desk).get(id) ??
    mailsOf(desk)
      .all()
      .find(({ folderId }) => folderId === id)
  );
}
