import { z } from 'zod';
import { invalid } from './problem.ts';

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
    throw invalid('query', () => [
      {
        code: 'custom',
        path: ['cursor'],
        message: 'This page no longer exists; start again.',
        input: cursor,
      },
    ]);
  }
}
