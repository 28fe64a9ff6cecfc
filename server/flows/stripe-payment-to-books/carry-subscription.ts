import { stripe } from '../../connectors/stripe/connector.ts';
import { announcedAt, carriedBy } from '../../connectors/stripe/event-object.ts';
import { subscriptionFrom } from '../../connectors/stripe/shapes.ts';
import { type Customer, findCustomer } from '../../connectors/zoho-books/booking/find-customer.ts';
import {
  type KeptProfile,
  keepProfile,
  madeProfile,
  type StandingProfile,
  stopProfile,
} from '../../connectors/zoho-books/booking/keep-profile.ts';
import { zohoBooks } from '../../connectors/zoho-books/connector.ts';
import type { NewLine } from '../../connectors/zoho-books/line-items.ts';
import { dayIn } from '../../core/day-in.ts';
import { LiaisonError } from '../../core/errors.ts';
import { leftOutText } from '../../core/filter/judge.ts';
import { type Outcome, skipped } from '../../core/flow.ts';
import { decimalOf } from '../../core/money.ts';
import { documentLines } from '../../core/order/document-lines.ts';
import type { Sentence } from '../../core/sentence.ts';
import { type NoProfile, ofPeriod, type Profile, profileOf } from '../../core/subscription/profile.ts';
import type { Subscription } from '../../core/subscription/subscription.ts';
import { children, isToCome, toCome } from './child-of-period.ts';
import { keys } from './keys.ts';
import { asSubscriber } from './payer.ts';
import type { Context } from './steps.ts';
import {
  amountFollows,
  BESIDE,
  FIRST_APART,
  noProfile,
  REDUCED_ONCE,
  reducedBy,
  subscriptionWord,
  withoutProfile,
} from './subscription-texts.ts';
import { aboutMoney } from './texts.ts';

/**
 * A subscription is a recurring invoice in Books, which makes its invoices by itself. What counts is how the subscription stands
 * by now, whatever an event still tells.
 */
export async function carrySubscription(context: Context): Promise<Outcome> {
  const { event, link, linked } = context;
  const id = String(carriedBy(event).id ?? '');
  const isNew = event.topic === 'customer.subscription.created';
  if (context.settings.subscriptions === 'invoices') return letGo(context, id);
  const { outcome, none } = await lookAt(context, id, isNew);
  // Whoever keeps the books hears of it once, and not with a payment, which has an invoice of its own.
  if (none === null || none === 'free') return outcome;
  const [why, by] = (await linked(keys.said(id)))?.split(' ') ?? [];
  // A run that was killed before it could say it is the one that says it still.
  if (why === none && by !== event.id) return outcome;
  await link(keys.said(id), `${none} ${event.id}`);
  throw noProfile(none);
}

interface Carried {
  readonly outcome: Outcome;
  /** Why it is no recurring invoice; null: it is one, or none is wished. */
  readonly none: NoProfile | null;
}

interface Looked extends Carried {
  readonly made: StandingProfile | null;
}

/**
 * Reads a subscription and brings its recurring invoice to what it says.
 *
 * @param isNew it begins now: the period that it is in is not in the books in another way.
 */
export function lookAt(context: Context, id: string, isNew: boolean): Promise<Looked> {
  const { exclusively, linked, link } = context;
  return exclusively(keys.subscription(id), async () => {
    // What a run read before another one looked is old: it reads again, under another name.
    const looks = Number((await linked(keys.looks(id))) ?? '0');
    const own = context.forItem(`${id}-${looks}`);
    if (isNew) await link(keys.begun(id), 'begun');
    const carried = await carry(own, id);
    await link(keys.looks(id), String(looks + 1));
    return { ...carried, made: await madeProfile(context, id) };
  });
}

interface Read {
  readonly subscription: Subscription;
  /** On which it stood so. */
  readonly day: string;
}

/**
 * A payment is to get an invoice of its own, since its subscription has no recurring one, or one that is stopped: none that is
 * made, or resumed, later begins with the period that it paid, nor by what was read before.
 *
 * @param day the first one of that period.
 * @returns the recurring invoice as it stands by now: one that was made, or resumed, meanwhile may make the invoice itself;
 *   null: there is none still.
 */
export function standApart(context: Context, id: string, day: string): Promise<StandingProfile | null> {
  const { exclusively, linked, link } = context;
  return exclusively(keys.subscription(id), async () => {
    const made = await madeProfile(context, id);
    const known = await linked(keys.apart(id));
    if (made?.isRunning === true || (known !== null && known >= day)) return made;
    await link(keys.apart(id), day);
    await link(keys.looks(id), String(Number((await linked(keys.looks(id))) ?? '0') + 1));
    return made;
  });
}

async function carry(context: Context, id: string): Promise<Carried> {
  const { read, client, event, label, linked, settings, organisation } = context;
  const { subscription, day } = await read('subscription', async (): Promise<Read> => {
    const current = await client(stripe).subscription(id);
    const told = subscriptionFrom(carriedBy(event));
    const found = subscriptionFrom(current?.subscription) ?? (told?.id === id ? told : null);
    if (found === null) throw notUnderstood();
    const at =
      current === null ? (announcedAt(event) ?? found.createdAt) : new Date(current.at).toISOString();
    return { subscription: found, day: dayIn(organisation.timeZone, at) };
  });
  const { subscriber, state } = subscription;
  label(subscriber.name ?? subscriber.email ?? id);
  const made = await madeProfile(context, id);
  const isNew = (await linked(keys.begun(id))) !== null;
  if (made === null) {
    if (state === 'over') return leftAlone(OVER);
    if (state === 'starting') return leftAlone(STARTING);
    if (!isNew && settings.standing === 'new') return leftAlone(BEFORE);
    const why = await leftOut(context, subscription);
    if (why !== null) return leftAlone(leftOutText(why, false));
  }
  const profile = profileOf(subscription, {
    timeZone: organisation.timeZone,
    today: day,
    from: isNew ? 'this' : 'next',
    apart: await linked(keys.apart(id)),
    made,
  });
  if (typeof profile === 'string') {
    const isStopped = await stopProfile(context, id);
    const summary = withoutProfile(profile);
    return { outcome: isStopped ? { state: 'done', summary } : skipped(summary), none: profile };
  }
  return { outcome: await keep(context, subscription, profile, made), none: null };
}

const leftAlone = (why: Sentence): Carried => ({ outcome: skipped(why), none: null });

async function keep(
  context: Context,
  subscription: Subscription,
  profile: Profile,
  made: StandingProfile | null,
): Promise<Outcome> {
  const { link } = context;
  if (made !== null && isChargedBefore(subscription, profile, made))
    await periodIsInvoiced(context, subscription, made);
  // What ends before it made anything is not begun.
  if (made === null && !profile.isRunning && subscription.endsAt !== null) return skipped(OVER);
  const customer = await customerOf(context, subscription, made);
  const kept = await keepProfile(context, {
    profile,
    customerId: customer.id,
    title: titleOf(context, subscription),
    lines: await linesOf(context, profile),
  });
  await link(keys.anyProfile, 'some');
  await context.about({ object: 'stripe.subscriptions', id: subscription.id });
  return outcomeOf(kept, profile, subscription);
}

/** Whether the period that a subscription is in was charged what the recurring invoice says, and the next one is not. */
function isChargedBefore(
  { reduction, chargedMinor }: Subscription,
  { totalMinor }: Profile,
  made: StandingProfile,
): boolean {
  if (reduction.isEnding) return true;
  return made.totalMinor !== undefined && chargedMinor === made.totalMinor && totalMinor !== chargedMinor;
}

/**
 * The period that a subscription is in was the last one of an amount: Books makes its invoice before it is told of the amount
 * that follows.
 *
 * @throws LiaisonError `rejected` where it is not made yet.
 */
async function periodIsInvoiced(
  context: Context,
  { periodAt }: Subscription,
  made: StandingProfile,
): Promise<void> {
  const day = dayIn(context.organisation.timeZone, periodAt);
  if (day < made.startDay) return;
  await context.read('lastReduced', async () => {
    const child = ofPeriod(await children(context.client, made.id), day, made.rhythm);
    if (child === null && (await isToCome(context, made, day))) throw amountFollows(toCome(made, day), day);
    return true;
  });
}

/** Whoever pays: remembered with the profile, so that a change asks for nobody. */
async function customerOf(
  context: Context,
  subscription: Subscription,
  made: StandingProfile | null,
): Promise<Pick<Customer, 'id'>> {
  const key = `customer of ${subscription.id}`;
  const known = made === null ? null : await context.linked(key);
  if (known !== null) return { id: known };
  const customer = await findCustomer(context, asSubscriber(subscription));
  await context.link(key, customer.id);
  return customer;
}

function titleOf({ organisation }: Context, { items, subscriber }: Subscription): string {
  const names = [...new Set(items.map(({ line }) => line.name).filter(Boolean))].join(', ');
  const what = names === '' ? subscriptionWord(organisation.locale) : names;
  return subscriber.name === null ? what : `${subscriber.name} – ${what}`;
}

async function linesOf(context: Context, { lines, totalMinor, currency }: Profile): Promise<NewLine[]> {
  const { read, client, organisation } = context;
  const isTaxed = lines.some(({ taxMinor }) => taxMinor !== 0);
  const taxes = isTaxed ? await read('taxes', () => client(zohoBooks).taxes()) : [];
  const percents = taxes.map(({ percent }) => percent);
  const usual = subscriptionWord(organisation.locale);
  const tax = organisation.locale.startsWith('fr') ? 'Taxe' : 'Tax';
  return documentLines({ lines, totalMinor }, (percent) => percents.includes(percent)).lines.map((line) => {
    const known = taxes.find(({ percent }) => percent === line.taxPercent);
    const name = line.kind === 'tax' ? `${tax} ${line.name} %` : line.name || usual;
    return {
      name,
      rate: decimalOf({ minor: line.unitMinor, currency }),
      quantity: line.quantity,
      ...(known === undefined ? {} : { taxId: known.id }),
    };
  });
}

/** The filter is of payments: what a subscription charges each time is one. */
async function leftOut({ filter }: Context, subscription: Subscription): Promise<Sentence | null> {
  if (filter === null) return null;
  const { currency, items, subscriber, createdAt } = subscription;
  const minor = items.reduce((sum, { line }) => sum + line.netMinor + line.taxMinor, 0);
  const values = {
    amount: Number(decimalOf({ minor, currency })),
    currency,
    description: items[0]?.line.name ?? null,
    email: subscriber.email,
    name: subscriber.name,
    moved: createdAt,
  };
  const { fits, why } = filter.judge({ values, currency });
  return fits ? null : why;
}

/** Recurring invoices are not wished any more: one that stands makes no further invoice. */
async function letGo(context: Context, id: string): Promise<Outcome> {
  const isStopped = await stopIfMade(context, id);
  return isStopped
    ? {
        state: 'done',
        summary: {
          en: 'Subscriptions are booked by Stripe’s invoices now: the recurring invoice was stopped. What it made stays.',
          fr: 'Les abonnements sont désormais enregistrés d’après les factures Stripe\u00a0: la facture récurrente est arrêtée. Ce qu’elle a fait reste.',
        },
      }
    : skipped({
        en: 'Subscriptions are booked by the invoices that Stripe issues: nothing to do.',
        fr: 'Les abonnements sont enregistrés d’après les factures que Stripe émet\u00a0: rien à faire.',
      });
}

export const stopIfMade = (context: Context, id: string): Promise<boolean> =>
  context.exclusively(keys.subscription(id), () => stopProfile(context, id));

const OVER: Sentence = {
  en: 'The subscription is over, and no recurring invoice was made of it: nothing to do.',
  fr: 'L’abonnement est terminé, et aucune facture récurrente n’en a été faite\u00a0: rien à faire.',
};
const STARTING: Sentence = {
  en: 'The subscription has not begun: its first payment is awaited.',
  fr: 'L’abonnement n’a pas commencé\u00a0: son premier paiement est attendu.',
};
const BEFORE: Sentence = {
  en: 'The subscription was there before recurring invoices were wished, and the settings take the new ones only. Its payments are booked as an invoice each.',
  fr: 'L’abonnement existait avant que les factures récurrentes soient souhaitées, et les réglages ne prennent que les nouveaux. Ses paiements sont enregistrés avec une facture chacun.',
};

const DONE: Readonly<Record<KeptProfile, Sentence>> = {
  made: { en: 'Recurring invoice made', fr: 'Facture récurrente créée' },
  changed: { en: 'Recurring invoice changed', fr: 'Facture récurrente modifiée' },
  stopped: { en: 'Recurring invoice stopped', fr: 'Facture récurrente arrêtée' },
  resumed: { en: 'Recurring invoice resumed', fr: 'Facture récurrente reprise' },
  'as-it-was': { en: 'The recurring invoice says so already', fr: 'La facture récurrente le dit déjà' },
  gone: {
    en: 'Somebody deleted the recurring invoice in Zoho Books: it is not made again',
    fr: 'Quelqu’un a supprimé la facture récurrente dans Zoho Books\u00a0: elle n’est pas refaite',
  },
};

const EVERY: Readonly<Record<Profile['rhythm']['unit'], readonly [Sentence, Sentence]>> = {
  day: [
    { en: 'each day', fr: 'chaque jour' },
    { en: 'days', fr: 'jours' },
  ],
  week: [
    { en: 'each week', fr: 'chaque semaine' },
    { en: 'weeks', fr: 'semaines' },
  ],
  month: [
    { en: 'each month', fr: 'chaque mois' },
    { en: 'months', fr: 'mois' },
  ],
  year: [
    { en: 'each year', fr: 'chaque année' },
    { en: 'years', fr: 'ans' },
  ],
};

function outcomeOf(kept: KeptProfile, profile: Profile, { beside, reduction }: Subscription): Outcome {
  const { rhythm, totalMinor, currency } = profile;
  const [once, many] = EVERY[rhythm.unit];
  const often =
    rhythm.every === 1
      ? once
      : { en: `every ${rhythm.every} ${many.en}`, fr: `tous les ${rhythm.every} ${many.fr}` };
  const more = [
    ...(reduction.minor > 0 ? [reducedBy({ minor: reduction.minor, currency })] : []),
    ...(reduction.isOnce ? [REDUCED_ONCE] : []),
    ...(profile.isFirstApart ? [FIRST_APART] : []),
    ...beside.map((one) => BESIDE[one]),
  ];
  const said = DONE[kept];
  const summary = aboutMoney(
    { minor: totalMinor, currency },
    (amount) => `${said.en}: ${amount} ${often.en}.${more.map(({ en }) => en).join('')}`,
    (amount) => `${said.fr}\u00a0: ${amount} ${often.fr}.${more.map(({ fr }) => fr).join('')}`,
  );
  return kept === 'as-it-was' || kept === 'gone' ? skipped(summary) : { state: 'done', summary };
}

const notUnderstood = (): LiaisonError =>
  new LiaisonError('rejected', {
    sentence: {
      en: 'The event carries no subscription that Liaison understands. Send us the run.',
      fr: 'L’événement ne porte aucun abonnement que Liaison comprenne. Envoyez-nous l’exécution.',
    },
  });
