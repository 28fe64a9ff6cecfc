import type { StandingProfile } from '../../connectors/zoho-books/booking/keep-profile.ts';
import { zohoBooks } from '../../connectors/zoho-books/connector.ts';
import type { BooksInvoice } from '../../connectors/zoho-books/invoices.ts';
import type { ClientOf } from '../../core/flow.ts';
import { ofPeriod } from '../../core/subscription/profile.ts';
import type { Rhythm } from '../../core/subscription/subscription.ts';
import type { Context } from './steps.ts';

/** Invoices that a recurring one made and that count. */
export async function children(client: ClientOf, profileId: string): Promise<BooksInvoice[]> {
  const made = await client(zohoBooks).invoicesOfProfile(profileId);
  return made.filter(({ status }) => status !== 'void');
}

/** Whether Books will still make the one of a period by itself. */
export async function isToCome(
  { client }: Pick<Context, 'client'>,
  made: StandingProfile,
  day: string,
): Promise<boolean> {
  return made.isRunning && (await willMake(client, made.id, day, made.rhythm));
}

/** Not once it has come to a later one, or was stopped or deleted there. */
export async function willMake(client: ClientOf, id: string, day: string, rhythm: Rhythm): Promise<boolean> {
  const profile = await client(zohoBooks).recurringInvoice(id);
  if (profile === null) return false;
  const { status, nextDay } = profile;
  const isRunning = status === null || status === 'active';
  return (
    isRunning && (nextDay === null || nextDay <= day || ofPeriod([{ date: nextDay }], day, rhythm) !== null)
  );
}

export const CHILD = 'invoice of ';

/** By which the invoice of a period is looked for while something waits for it. */
export const toCome = ({ id, rhythm: { unit, every } }: StandingProfile, day: string): string =>
  `${CHILD}${id} ${day} ${unit} ${every}`;
