import type { DataSource } from '../../connectors/notion/data-sources.ts';
import { givenFrom } from './crm-values.ts';
import { type Filling, propertyOf, soughtFor } from './fill-page.ts';
import type { Context } from './steps.ts';

/** For so long it is not looked again who has an address, and which page is meant: three calls and more each time. */
const GOOD_MS = 24 * 3_600_000;
const KEY = 'id';
const subjectOf = (sought: string): string => `found ${sought}`;

interface FoundId {
  readonly id: string;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** Ids of people and pages that were found for the record's values within a day. */
export async function rememberedIds(
  { kept, event }: Pick<Context, 'kept' | 'event'>,
  { properties }: Pick<DataSource, 'properties'>,
  filling: Omit<Filling, 'ids'>,
): Promise<Record<string, string>> {
  const sought = filling.mapped.flatMap((one) => {
    const property = propertyOf(properties, one);
    return property === undefined
      ? []
      : (soughtFor(property, givenFrom(filling.record, one.field, filling)) ?? []);
  });
  if (sought.length === 0) return {};
  const facts = new Map((await kept(sought.map(subjectOf))).map((one) => [one.subject, one.fact as FoundId]));
  const now = event.receivedAt.getTime();
  return Object.fromEntries(
    sought.flatMap((one) => {
      const fact = facts.get(subjectOf(one));
      return fact !== undefined && now - fact.at < GOOD_MS ? [[one, fact.id] as const] : [];
    }),
  );
}

/** Only what was found is remembered: whoever is missing may come at any time. */
export async function rememberIds(
  { keep, event }: Pick<Context, 'keep' | 'event'>,
  found: Readonly<Record<string, string>>,
): Promise<void> {
  const at = event.receivedAt.getTime();
  for (const [sought, id] of Object.entries(found))
    await keep({ subject: subjectOf(sought), key: KEY, fact: { id, at } satisfies FoundId });
}

export function forgetIds(
  { forget }: Pick<Context, 'forget'>,
  ids: Readonly<Record<string, string>>,
): Promise<void> {
  return forget(Object.keys(ids).map((sought) => ({ subject: subjectOf(sought), key: KEY, fact: null })));
}
