import type { VendorDesk } from '../core/simulator.ts';
import { invalidBody, notFound } from './refusal.ts';
import { type DatabaseRow, notionTables, type PageRow, readId, type SourceRow } from './rows.ts';

function idIn(text: string, place: string): string {
  const id = readId(text);
  if (id === null) throw invalidBody(`path.${place}`, `should be a valid uuid, instead was \`"${text}"\``);
  return id;
}

/** Whoever connected chose what Liaison sees: anything else is not there for it. */
const isShared = (desk: VendorDesk, databaseId: string): boolean =>
  notionTables(desk).databases.get(databaseId)?.shared === true;

export function databaseOf(desk: VendorDesk, text: string): DatabaseRow {
  const id = idIn(text, 'database_id');
  const row = notionTables(desk).databases.get(id);
  if (row === undefined || !row.shared) throw notFound('database', id);
  return row;
}

export function sourceOf(desk: VendorDesk, text: string): SourceRow {
  const id = idIn(text, 'data_source_id');
  const row = notionTables(desk).sources.get(id);
  if (row === undefined || !isShared(desk, row.databaseId)) throw notFound('data_source', id);
  return row;
}

export function pageOf(desk: VendorDesk, text: string): PageRow {
  const id = idIn(text, 'page_id');
  const row = notionTables(desk).pages.get(id);
  const source = row && notionTables(desk).sources.get(row.sourceId);
  if (row === undefined || source === undefined || !isShared(desk, source.databaseId))
    throw notFound('page', id);
  return row;
}

export const seenSources = (desk: VendorDesk): SourceRow[] =>
  notionTables(desk)
    .sources.all()
    .filter(({ databaseId }) => isShared(desk, databaseId));
