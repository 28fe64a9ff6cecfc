import type { VendorDesk } from '../core/simulator.ts';
import { type ChangeType, notifySubscriptions } from '../microsoft/notify.ts';
import { BIN, type ContactRow, contactsTables, USUAL_FOLDER } from './rows.ts';
import { type ContactData, emptyContact, withShownName } from './shapes.ts';
import { etagOf, shownId } from './shown-contact.ts';

/** Whoever follows the usual folder hears of it. */
function tell(desk: VendorDesk, changeType: ChangeType, row: ContactRow): void {
  if (row.folder !== USUAL_FOLDER) return;
  notifySubscriptions(desk, changeType, {
    collection: 'Contacts',
    type: '#Microsoft.Graph.Contact',
    etag: etagOf(row),
    id: (immutable) => shownId(row, immutable),
  });
}

/** Number of the newest change. In memory it only goes up; after a restart it is found in the rows. */
const counters = new WeakMap<object, number>();

export function newestSeq(desk: VendorDesk): number {
  const { contacts, removals } = contactsTables(desk);
  const known = counters.get(contacts);
  if (known !== undefined) return known;
  let seq = 0;
  for (const row of [...contacts.all(), ...removals.all()]) seq = Math.max(seq, row.seq);
  counters.set(contacts, seq);
  return seq;
}

function nextSeq(desk: VendorDesk): number {
  const seq = newestSeq(desk) + 1;
  counters.set(contactsTables(desk).contacts, seq);
  return seq;
}

const newId = (desk: VendorDesk): string => `${desk.id('AAkALgAAAAAAHYQDEapmEc2byACqAC-EWg0A', 20)}AA=`;
const newFolderId = (desk: VendorDesk): string => `${desk.id('AAMkAGI2THk0', 30)}AAA=`;

export function makeContact(desk: VendorDesk, given: ContactData, folder = USUAL_FOLDER): ContactRow {
  const id = newId(desk);
  const at = desk.clock().getTime();
  const contact = withShownName({ ...emptyContact(), ...given }, given);
  const row = { id, folderId: newFolderId(desk), folder, seq: nextSeq(desk), createdAt: at, at, contact };
  contactsTables(desk).contacts.put(id, row);
  tell(desk, 'created', row);
  return row;
}

/** New contacts, many at once, told to nobody. */
export function stockContacts(desk: VendorDesk, all: readonly ContactData[]): void {
  const at = desk.clock().getTime();
  const rows = all.map((given): [string, ContactRow] => {
    const id = newId(desk);
    const contact = withShownName({ ...emptyContact(), ...given }, given);
    const folderId = newFolderId(desk);
    return [id, { id, folderId, folder: USUAL_FOLDER, seq: nextSeq(desk), createdAt: at, at, contact }];
  });
  contactsTables(desk).contacts.putMany(rows);
}

export function changeContact(desk: VendorDesk, row: ContactRow, given: ContactData): ContactRow {
  const contact = withShownName({ ...row.contact, ...given }, given);
  const changed = { ...row, contact, seq: nextSeq(desk), at: desk.clock().getTime() };
  contactsTables(desk).contacts.put(row.id, changed);
  tell(desk, 'updated', changed);
  return changed;
}

/** To another folder: gone from the one before, for whoever follows that. */
export function moveContact(desk: VendorDesk, row: ContactRow, folder: string): ContactRow {
  const { contacts, removals } = contactsTables(desk);
  const left = { id: row.id, folderId: row.folderId, folder: row.folder, seq: nextSeq(desk) };
  removals.put(`${row.id} ${row.folder}`, left);
  removals.delete(`${row.id} ${folder}`);
  const at = desk.clock().getTime();
  const moved = { ...row, folder, folderId: newFolderId(desk), seq: nextSeq(desk), at };
  contacts.put(row.id, moved);
  // Who follows the folder that it left hears that, and who follows the one that it comes to.
  tell(desk, folder === BIN ? 'deleted' : 'updated', { ...moved, folder: row.folder });
  tell(desk, row.folder === BIN ? 'created' : 'updated', moved);
  return moved;
}

/** Into the bin, where it can be found by its id for a while. */
export const removeContact = (desk: VendorDesk, row: ContactRow): ContactRow => moveContact(desk, row, BIN);

/** One that is there, by either of its ids. */
export function findContact(desk: VendorDesk, id: string): ContactRow | undefined {
  const { contacts } = contactsTables(desk);
  return contacts.get(id) ?? contacts.all().find(({ folderId }) => folderId === id);
}

export const contactsIn = (desk: VendorDesk, folder: string): ContactRow[] =>
  contactsTables(desk)
    .contacts.all()
    .filter((row) => row.folder === folder);
