import type { VendorDesk } from '../core/simulator.ts';
import { keyOf } from './member.ts';
import { type MemberRow, mailchimpTables, stampOf, type TagRow } from './rows.ts';

export const tagKey = (listId: string, id: number): string => `${listId}/${id}`;

export function tagsOf(desk: VendorDesk, listId: string): TagRow[] {
  return mailchimpTables(desk)
    .tags.all()
    .filter((row) => row.listId === listId);
}

/** The tag of this name, whatever its case; made when there is none. */
export function tagIdOf(desk: VendorDesk, listId: string, name: string): number {
  const wanted = name.trim().toLowerCase();
  return (tagsOf(desk, listId).find((row) => row.name.toLowerCase() === wanted) ?? newTag(desk, listId, name))
    .id;
}

export function newTag(desk: VendorDesk, listId: string, name: string): TagRow {
  const now = stampOf(desk.clock());
  const id = Number(desk.digits('3', 6));
  return mailchimpTables(desk).tags.put(tagKey(listId, id), {
    listId,
    id,
    name: name.trim().slice(0, 100),
    createdAt: now,
    updatedAt: now,
  });
}

/** Puts a tag on a member, or takes it off. Answers the member when that changed something. */
export function setTag(desk: VendorDesk, row: MemberRow, tagId: number, isOn: boolean): MemberRow | null {
  if (row.tags.includes(tagId) === isOn) return null;
  const tags = isOn ? [...row.tags, tagId] : row.tags.filter((id) => id !== tagId);
  const changed = { ...row, tags, lastChanged: stampOf(desk.clock()) };
  mailchimpTables(desk).members.put(keyOf(row.listId, row.hash), changed);
  return changed;
}
