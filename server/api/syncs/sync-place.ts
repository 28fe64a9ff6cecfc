import { z } from 'zod';
import type { PreviewPlace } from '../../store/sync-preview-items.ts';
import { invalid } from '../problem.ts';

/** Where a list of records goes on: after this row. */
export interface Place {
  readonly label: string;
  readonly unit: string;
}

const place = z.tuple([z.string(), z.string()]);

export const writePlace = ({ label, unit }: Place): string =>
  Buffer.from(JSON.stringify([label, unit])).toString('base64url');

/** @throws a `Problem` 400 for a cursor that no page gave. */
export function readPlace(cursor: string): Place {
  try {
    const [label, unit] = place.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
    return { label, unit };
  } catch {
    throw noSuchPage(cursor);
  }
}

const previewPlace = z.tuple([z.int().min(0).max(32_767), z.int().min(0).max(2_147_483_647)]);

/** Where the list of what a preview would do goes on. */
export const writePreviewPlace = ({ rank, position }: PreviewPlace): string => `${rank}.${position}`;

/** @throws a `Problem` 400 for a cursor that no page gave. */
export function readPreviewPlace(cursor: string): PreviewPlace {
  const found = previewPlace.safeParse(cursor.split('.').map(Number));
  if (!found.success) throw noSuchPage(cursor);
  const [rank, position] = found.data;
  return { rank, position };
}

const NO_SUCH_PAGE = {
  en: 'This page no longer exists; start again.',
  fr: 'Cette page n’existe plus\u00a0; recommencez.',
};

const noSuchPage = (cursor: string) =>
  invalid('query', (language) => [
    { code: 'custom', path: ['cursor'], message: NO_SUCH_PAGE[language], input: cursor },
  ]);
