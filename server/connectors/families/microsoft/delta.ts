import { z } from 'zod';
import { asLiaisonError, type LiaisonError } from '../../../core/errors.ts';
import { readAnswer } from '../../../core/read-answer.ts';
import { failure } from '../../../kit/failures.ts';
import type { JsonAnswer } from '../../../kit/json-api.ts';

/** One page of a list of Graph's that can be asked later for what changed. */
export interface DeltaPage<Row> {
  readonly rows: readonly Row[];
  /** Ids of what is no longer in the list. */
  readonly removed: readonly string[];
  /** Where to go on: in this list while `more`, else with what changed since. */
  readonly link: string;
  readonly more: boolean;
  /** Graph's own clock, epoch milliseconds; null where it did not say. */
  readonly at: number | null;
}

const removedSchema = z.looseObject({ id: z.string().min(1), '@removed': z.looseObject({}) });

/**
 * Reads a page of a delta query. https://learn.microsoft.com/graph/delta-query-overview
 *
 * @param row of what is there.
 * @param isLink it was asked for by a link that an earlier page gave.
 * @throws LiaisonError `cursor-lost` when that link is of no use any more, for whatever reason.
 */
export async function deltaPage<Row extends { readonly id: string }>(
  asked: Promise<JsonAnswer>,
  { row, vendor, isLink }: { row: z.ZodType<Row>; vendor: string; isLink: boolean },
): Promise<DeltaPage<Row>> {
  const { body, at } = await asked.catch((thrown: unknown) => {
    const error = asLiaisonError(thrown);
    const isRefused = error.kind === 'rejected' || error.kind === 'gone';
    throw isLink && isRefused ? lost(vendor, error) : error;
  });
  const page = readAnswer(pageOf(row), body, vendor);
  const { '@odata.nextLink': next, '@odata.deltaLink': delta } = page;
  const link = next ?? delta;
  if (link === undefined) throw unfinished(vendor);
  // One that changed while the list was made comes twice: the last time counts.
  const all = [...new Map(page.value.map((one) => [one.id, one])).values()];
  return {
    rows: all.flatMap((one) => ('@removed' in one ? [] : [one as Row])),
    removed: all.flatMap((one) => ('@removed' in one ? [one.id] : [])),
    link,
    more: next !== undefined,
    at,
  };
}

const pageOf = <Row>(row: z.ZodType<Row>) =>
  z.object({
    value: z.array(z.union([removedSchema, row])),
    '@odata.nextLink': z.string().optional(),
    '@odata.deltaLink': z.string().optional(),
  });

function lost(vendor: string, { details: { vendorMessage } }: LiaisonError): LiaisonError {
  return failure('cursor-lost', vendor, vendorMessage === undefined ? {} : { vendorMessage });
}

/** The last page of a list says where what changes begins; one that does not is no list, however green its status. */
export const unfinished = (vendor: string): LiaisonError =>
  failure('unknown', vendor, 'The list ended without saying where what changes begins.');
