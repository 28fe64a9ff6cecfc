import type { Table, VendorDesk } from '../core/simulator.ts';
import type { PersonField } from './shapes.ts';

/** An entry of a list of a person, computed members included; `metadata` only says which is the primary one. */
export type Entry = Readonly<Record<string, unknown>>;
export type PersonData = Readonly<Partial<Record<PersonField, readonly Entry[]>>>;

/** What a contact was after one change. */
export interface Version {
  /** Number of the change, over all contacts. */
  readonly seq: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Written while a fault made lists lag behind. */
  readonly lagged: boolean;
  /** Null: deleted. */
  readonly person: PersonData | null;
}

export interface ContactRow extends Version {
  /** `c4876…`: the part of the resource name after `people/`. */
  readonly id: string;
  /** Versions that lists may still show, newest first. */
  readonly earlier: readonly Version[];
}

export interface GroupRow {
  readonly id: string;
  readonly name: string;
  readonly system: boolean;
  readonly updatedAt: number;
}

/** What tokens of lists belong to: a new one makes all of them old. */
interface EpochRow {
  readonly value: string;
}

/** Up to which change the search has its cache. https://developers.google.com/people/v1/contacts#search_the_users_contacts */
interface SearchCacheRow {
  readonly seq: number;
}

/** Mutations that came while another one was under way. */
interface OverlapRow {
  readonly operation: string;
  readonly at: string;
}

export interface PeopleTables {
  readonly contacts: Table<ContactRow>;
  readonly groups: Table<GroupRow>;
  readonly epoch: Table<EpochRow>;
  readonly searchCache: Table<SearchCacheRow>;
  readonly overlaps: Table<OverlapRow>;
}

const opened = new WeakMap<VendorDesk, PeopleTables>();

export function peopleTables(desk: VendorDesk): PeopleTables {
  const known = opened.get(desk);
  if (known) return known;
  const tables: PeopleTables = {
    contacts: desk.table('contacts'),
    groups: desk.table('groups'),
    epoch: desk.table('epoch'),
    searchCache: desk.table('search cache'),
    overlaps: desk.table('overlapping mutations'),
  };
  opened.set(desk, tables);
  return tables;
}
