/** What is remembered of a record's page. */
export interface PageLink {
  readonly page: string;
  /** The data source in which it was made: another one that is chosen later has no page of the record yet. */
  readonly source: string;
  /** Liaison put it into the trash, because the deal was lost. */
  readonly trashed: boolean;
}

export const writtenLink = ({ page, source, trashed }: PageLink): string =>
  [page, source, ...(trashed ? ['trashed'] : [])].join(' ');

/** Null: nothing is remembered. */
export function readLink(text: string | null): PageLink | null {
  const [page = '', source = '', state] = text?.split(' ') ?? [];
  return page === '' ? null : { page, source, trashed: state === 'trashed' };
}
