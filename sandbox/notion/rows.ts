import { users } from '../company/index.ts';
import type { VendorDesk } from '../core/simulator.ts';

export interface TokenRow {
  readonly token: string;
  readonly refreshToken: string;
  readonly clientId: string;
}

export interface OptionRow {
  readonly id: string;
  readonly name: string;
}

export interface PropertyRow {
  /** As the API writes it, in percent form where it needs one. */
  readonly id: string;
  readonly name: string;
  readonly type: PropertyType;
  /** Of select, multi_select and status. */
  readonly options?: readonly OptionRow[];
  /** Of a number. */
  readonly format?: string;
  /** The data source that a relation leads to. */
  readonly relatesTo?: string;
}

export const PROPERTY_TYPES = [
  'title',
  'rich_text',
  'number',
  'select',
  'multi_select',
  'status',
  'date',
  'people',
  'relation',
  'url',
  'email',
  'phone_number',
  'checkbox',
  'files',
  'created_time',
] as const;
export type PropertyType = (typeof PROPERTY_TYPES)[number];

export interface DatabaseRow {
  readonly id: string;
  readonly title: string;
  readonly createdAt: string;
  /** Whether whoever connected let Liaison see it. */
  readonly shared: boolean;
}

export interface SourceRow {
  readonly id: string;
  readonly databaseId: string;
  readonly name: string;
  readonly properties: readonly PropertyRow[];
  readonly createdAt: string;
  readonly editedAt: string;
}

export interface StoredDate {
  readonly start: string;
  readonly end: string | null;
  readonly time_zone: string | null;
}

export interface StoredFile {
  readonly name: string;
  readonly url: string;
}

/** A value as it is kept: texts in their pieces; options, people and pages by their ids. */
export type StoredValue =
  | string
  | number
  | boolean
  | null
  | readonly string[]
  | StoredDate
  | readonly StoredFile[];

export interface PageRow {
  readonly id: string;
  readonly sourceId: string;
  /** By id of the property. */
  readonly values: Readonly<Record<string, StoredValue>>;
  readonly inTrash: boolean;
  /** Epoch milliseconds; Notion tells whole minutes. */
  readonly createdAt: number;
  readonly editedAt: number;
}

export interface BlockRow {
  readonly id: string;
  readonly pageId: string;
  readonly place: number;
  readonly type: string;
  /** In pieces. */
  readonly text: readonly string[];
  readonly createdAt: number;
}

export const notionTables = (desk: VendorDesk) => ({
  tokens: desk.table<TokenRow>('tokens', { kept: true }),
  databases: desk.table<DatabaseRow>('databases'),
  sources: desk.table<SourceRow>('data sources'),
  pages: desk.table<PageRow>('pages'),
  blocks: desk.table<BlockRow>('blocks'),
});

/** A UUID that is never given again. */
export function newId(desk: VendorDesk): string {
  const digits = desk.digits('', 32);
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(13, 16)}-8${digits.slice(17, 20)}-${digits.slice(20)}`;
}

/** The id as the API writes it, of one that came with or without dashes; null: it is none. */
export function readId(text: string): string | null {
  const digits = text.replaceAll('-', '').toLowerCase();
  if (!/^[0-9a-f]{32}$/.test(digits)) return null;
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

export const WORKSPACE = { id: '7c1e4a52-0b9d-4f3e-8a61-5d2c90e1f7b4', name: 'Atelier Lumen' } as const;
export const BOT_ID = '0d6b3f18-52c7-4e09-9b34-a1f6c85d7e20';

export const userIdOf = (key: string): string =>
  `5a1c0e7f-93d2-4b68-8e15-00000000000${users.findIndex((one) => one.key === key) + 1}`;
