import type { VendorDesk } from '../core/simulator.ts';
import { type ContactRow, type PersonData, peopleTables, type Version } from './rows.ts';

/** Number of the newest change. In memory it only goes up; after a restart it is found in the rows. */
const counters = new WeakMap<VendorDesk, number>();

export function newestSeq(desk: VendorDesk): number {
  const known = counters.get(desk);
  if (known !== undefined) return known;
  let seq = 0;
  for (const row of peopleTables(desk).contacts.all()) seq = Math.max(seq, row.seq);
  counters.set(desk, seq);
  return seq;
}

/** The numbers of so many changes to come, the first of them. */
function takeSeqs(desk: VendorDesk, count: number): number {
  const first = newestSeq(desk) + 1;
  counters.set(desk, first + count - 1);
  return first;
}

/** Writes a contact as it now is; null: it is deleted. @param before as it was; null: it is new. */
export function putContact(
  desk: VendorDesk,
  before: ContactRow | null,
  person: PersonData | null,
): ContactRow {
  const { contacts } = peopleTables(desk);
  const lag = desk.lagMs();
  const at = desk.clock().getTime();
  const id = before?.id ?? newContactId(desk);
  const earlier = before && lag > 0 ? [version(before), ...kept(before, at, lag)] : [];
  return contacts.put(id, { id, seq: takeSeqs(desk, 1), at, lagged: lag > 0, person, earlier });
}

/** New contacts, many at once and without a word in the ledger. */
export function stockContacts(desk: VendorDesk, people: readonly PersonData[]): void {
  const at = desk.clock().getTime();
  const seq = takeSeqs(desk, people.length);
  const rows = people.map((person, index): [string, ContactRow] => {
    const id = newContactId(desk);
    return [id, { id, seq: seq + index, at, lagged: false, person, earlier: [] }];
  });
  peopleTables(desk).contacts.putMany(rows);
}

const newContactId = (desk: VendorDesk): string => desk.digits('c48', 17);

export type LivingContact = ContactRow & { readonly person: PersonData };

/** A contact that is there, as it now is. */
export function livingContact(desk: VendorDesk, id: string): LivingContact | undefined {
  const row = peopleTables(desk).contacts.get(id);
  return row?.person ? { ...row, person: row.person } : undefined;
}

export interface Listed {
  readonly id: string;
  readonly version: Version;
}

/** Every contact as lists show it now: what was written within the lag is not there yet. */
export function listedContacts(desk: VendorDesk): { readonly listed: Listed[]; readonly upTo: number } {
  const now = desk.clock().getTime();
  const lag = desk.lagMs();
  let upTo = newestSeq(desk);
  const listed: Listed[] = [];
  for (const row of peopleTables(desk).contacts.all()) {
    const hidden = isHidden(row, now, lag);
    if (hidden) upTo = Math.min(upTo, firstHidden(row, now, lag) - 1);
    const version = hidden ? row.earlier.find((one) => !isHidden(one, now, lag)) : row;
    if (version) listed.push({ id: row.id, version });
  }
  return { listed: listed.sort((a, b) => a.version.seq - b.version.seq), upTo };
}

function isHidden({ lagged, at }: Version, now: number, lag: number): boolean {
  return lagged && now < at + lag;
}

function firstHidden(row: ContactRow, now: number, lag: number): number {
  return [row, ...row.earlier].findLast((one) => isHidden(one, now, lag))?.seq ?? row.seq;
}

const version = ({ seq, at, lagged, person }: Version): Version => ({ seq, at, lagged, person });

/** Of the versions before one: those that lists may still need. */
function kept(before: ContactRow, now: number, lag: number): readonly Version[] {
  return isHidden(before, now, lag) ? before.earlier : [];
}
