import { hash } from 'node:crypto';
import type { RunContext, StepDeclaration } from '../../../core/flow.ts';
import type { MadeProfile, Profile } from '../../../core/subscription/profile.ts';
import type { Rhythm } from '../../../core/subscription/subscription.ts';
import { ifGone } from '../../../kit/if-gone.ts';
import { zohoBooks } from '../connector.ts';
import { profileName } from '../lengths.ts';
import type { NewLine } from '../line-items.ts';
import type { NewRecurringInvoice, RecurringInvoice } from '../recurring-invoices.ts';
import { ownOf } from './own-of.ts';

export const profileSteps = {
  profile: {
    titles: { en: 'Make the recurring invoice', fr: 'Créer la facture récurrente' },
    connector: 'zoho-books',
    effect: 'lookup',
  },
  profileChange: {
    titles: { en: 'Change the recurring invoice', fr: 'Modifier la facture récurrente' },
    connector: 'zoho-books',
    effect: 'keyed',
  },
  profileTurn: {
    titles: { en: 'Stop or resume the recurring invoice', fr: 'Arrêter ou reprendre la facture récurrente' },
    connector: 'zoho-books',
    effect: 'keyed',
  },
} as const satisfies Record<string, StepDeclaration>;

type Remembering = Pick<RunContext<unknown, never>, 'client' | 'linked' | 'link' | 'linkedElsewhere'>;
type Run = Remembering & Pick<RunContext<unknown, keyof typeof profileSteps>, 'write'>;

/** The name under which the profile of a subscription is remembered, and under which how it was left is. */
export const profileKey = (reference: string): string => `profile ${reference}`;
const leftKey = (reference: string): string => `profile left ${reference}`;

/** How a profile was left: somebody may change it in Books, and only what changes at the vendor is carried there. */
interface Left extends MadeProfile {
  readonly rhythm: Rhythm;
  /** A digest of all that Books is told of it, save whether it runs: the lines themselves may be longer than a link holds. */
  readonly said: string;
}

/** A profile that Liaison made and that stands in Books. */
export interface StandingProfile extends Left {
  readonly id: string;
}

/** What Liaison made of a subscription; null: nothing yet. It may have been deleted in Books since. */
export async function madeProfile(
  { linked }: Pick<Remembering, 'linked'>,
  reference: string,
): Promise<StandingProfile | null> {
  const id = await linked(profileKey(reference));
  const left = id === null ? null : await linked(leftKey(reference));
  return id === null || left === null ? null : { id, ...(JSON.parse(left) as Left) };
}

export interface ProfileWish {
  readonly profile: Profile;
  readonly customerId: string;
  /** What the lines are called in all, for the profile's name. */
  readonly title: string;
  readonly lines: readonly NewLine[];
}

/** `gone`: somebody deleted it in Books, which is a decision. */
export type KeptProfile = 'made' | 'changed' | 'stopped' | 'resumed' | 'as-it-was' | 'gone';

/**
 * Brings the recurring invoice of a subscription to what the vendor says, or makes it. To be done under a lock of the
 * subscription. What did not change at the vendor since is left as it stands in Books, whoever changed it there.
 */
export async function keepProfile(run: Run, wish: ProfileWish): Promise<KeptProfile> {
  const { profile } = wish;
  const made = await madeProfile(run, profile.reference);
  if (made === null) return make(run, wish);
  const said = saidOf(wish);
  const isOther = said !== made.said;
  if (!isOther && made.isRunning === profile.isRunning) return 'as-it-was';
  const { client, write } = run;
  const books = () => client(zohoBooks);
  let kept: KeptProfile = 'as-it-was';
  if (isOther) {
    const begins = made.calendar !== profile.calendar || made.startDay !== profile.startDay;
    const changed = await write('profileChange', {
      send: () =>
        ifGone(async () => {
          await books().changeRecurringInvoice(made.id, asNew(wish), begins);
          return true;
        }, false),
    });
    if (!changed) return 'gone';
    kept = 'changed';
  }
  if (made.isRunning !== profile.isRunning) {
    if (!(await turn(run, made.id, profile.isRunning))) return 'gone';
    kept = profile.isRunning ? 'resumed' : 'stopped';
  }
  await leave(run, profile, said);
  return kept;
}

/** Lets the profile of a subscription make no more invoices. @returns whether it made any until now. */
export async function stopProfile(run: Run, reference: string): Promise<boolean> {
  const made = await madeProfile(run, reference);
  if (made === null || !made.isRunning) return false;
  await turn(run, made.id, false);
  const { id: _id, ...left } = made;
  await run.link(leftKey(reference), JSON.stringify({ ...left, isRunning: false } satisfies Left));
  return true;
}

/** @returns false where it is no longer there. */
function turn({ client, write }: Run, id: string, isRunning: boolean): Promise<boolean> {
  const books = () => client(zohoBooks);
  return write('profileTurn', {
    send: () =>
      ifGone(async () => {
        const standing = await books().recurringInvoice(id);
        if (standing === null) return false;
        const { status } = standing;
        // One that is as it should be refuses to be made so again.
        const isSo = isRunning ? status === 'active' : status === 'stopped' || status === 'expired';
        if (!isSo && isRunning) await books().resumeRecurringInvoice(id);
        if (!isSo && !isRunning) await books().stopRecurringInvoice(id);
        return true;
      }, false),
  });
}

async function make(run: Run, wish: ProfileWish): Promise<KeptProfile> {
  const { client, write, link } = run;
  const { profile } = wish;
  const { reference } = profile;
  const made = await write<{ id: string; isNew?: boolean }>('profile', {
    findFirst: true,
    async find() {
      const known = await run.linked(profileKey(reference));
      const id = known ?? (await listed(run, reference))?.id ?? null;
      return id === null ? null : { id };
    },
    async send() {
      const { id } = await client(zohoBooks).createRecurringInvoice(asNew(wish));
      return { id, isNew: true };
    },
  });
  await link(profileKey(reference), made.id);
  if (made.isNew === true) {
    if (!profile.isRunning) await turn(run, made.id, false);
    await leave(run, profile, saidOf(wish));
    return 'made';
  }
  // One whose answer was lost: it may be of an earlier moment.
  await run.write('profileChange', {
    send: async () => {
      await client(zohoBooks).changeRecurringInvoice(made.id, asNew(wish), false);
      return true;
    },
  });
  await turn(run, made.id, profile.isRunning);
  await leave(run, profile, saidOf(wish));
  return 'made';
}

/** The profile of this subscription in the lists of Books: its name ends with the reference. */
async function listed(run: Run, reference: string): Promise<RecurringInvoice | null> {
  const named = await run.client(zohoBooks).recurringInvoicesNamed(reference);
  const own = named.filter(({ name }) => name.endsWith(`(${reference})`));
  return (await ownOf(run, profileKey(reference), own))[0] ?? null;
}

const asNew = ({ profile, customerId, title, lines }: ProfileWish): NewRecurringInvoice => ({
  name: profileName(title, profile.reference),
  reference: profile.reference,
  customerId,
  rhythm: profile.rhythm,
  startDay: profile.startDay,
  endDay: profile.endDay,
  lines,
});

const saidOf = (wish: ProfileWish): string =>
  hash('sha256', JSON.stringify([asNew(wish), wish.profile.calendar]));

async function leave(run: Run, profile: Profile, said: string): Promise<void> {
  const { calendar, startDay, rhythm, isRunning, totalMinor, reference } = profile;
  const left: Left = { calendar, startDay, rhythm, isRunning, totalMinor, said };
  await run.link(leftKey(reference), JSON.stringify(left));
}
