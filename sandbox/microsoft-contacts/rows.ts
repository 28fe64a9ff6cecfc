import type { Table, VendorDesk } from '../core/simulator.ts';
import type { ContactData } from './shapes.ts';

export interface ContactRow {
  /** The one that stays. */
  readonly id: string;
  /** The one of the folder that it lies in: another one after a move. */
  readonly folderId: string;
  readonly folder: string;
  /** Number of its newest change, over all contacts. */
  readonly seq: number;
  readonly createdAt: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly contact: ContactData;
}

/** A contact that left a folder: deleted, or moved. */
export interface RemovalRow {
  readonly id: string;
  readonly folderId: string;
  readonly folder: string;
  readonly seq: number;
}

export interface FolderRow {
  readonly id: string;
  readonly name: string;
}

export interface ContactsTables {
  readonly contacts: Table<ContactRow>;
  readonly removals: Table<RemovalRow>;
  readonly folders: Table<FolderRow>;
}

const opened = new WeakMap<VendorDesk, ContactsTables>();

export function contactsTables(desk: VendorDesk): ContactsTables {
  const known = opened.get(desk);
  if (known) return known;
  const tables: ContactsTables = {
    contacts: desk.table('contacts'),
    removals: desk.table('removals'),
    folders: desk.table('folders'),
  };
  opened.set(desk, tables);
  return tables;
}

/** The folder that `/me/contacts` is. */
export const USUAL_FOLDER = 'AAMkADvContacts=';
/** Where deleted ones lie. It is no folder of contacts. */
export const BIN = 'AAMkADvDeletedItems=';
