import { isLeftOutText } from '../../core/filter/judge.ts';
import type { BookingLinks, PayoutAccounts } from '../../core/flow.ts';
import { isOver, type Known, type KnownRun } from '../../core/reconciliation/compare.ts';
import type { Payout } from '../../core/reconciliation/payout.ts';
import type { KnownPayout } from '../../core/reconciliation/payouts.ts';
import type { StatedMovement } from '../../core/reconciliation/statement.ts';
import type { Database } from '../../store/database.ts';
import { type Turn, turnsOf } from '../../store/integration-changes.ts';
import { latestRunsOf, linkedOf, type TellingRun } from '../../store/money-knowledge.ts';
import type { World } from '../ports.ts';
import type { Booking, Pairing } from './pairs.ts';
import { settingsOf, type Wishes } from './wishes.ts';

/** What Liaison itself knows of an account's movements. Asks no vendor. */
export async function knowledgeOf(
  database: Database,
  organisationId: string,
  { bookings }: Pairing,
  movements: readonly StatedMovement[],
  since: Date,
  isFeeWished: boolean,
): Promise<(movement: StatedMovement) => Known> {
  const integrations = bookings.map(({ integration }) => integration.id);
  const links = bookings.flatMap(({ flow }) => flow.booking ?? []);
  const documentNames = ({ payment, alsoKnownAs }: StatedMovement): string[] =>
    [payment, ...alsoKnownAs].flatMap((reference) => links.map((link) => link.payment(reference)));
  const creditNames = ({ credit }: StatedMovement): string[] =>
    credit === null ? [] : links.flatMap((link) => link.credit?.(credit) ?? []);
  const transferNames = ({ transfer }: StatedMovement): string[] =>
    transfer === undefined ? [] : links.flatMap((link) => link.transfer?.(transfer) ?? []);
  const accountNames = ({ transfer, event }: StatedMovement) =>
    transfer === undefined || event.recordId === null
      ? []
      : links.flatMap(({ accounts }) =>
          accounts === undefined ? [] : [{ name: accounts.of(event.recordId ?? ''), money: accounts.money }],
        );
  const feeNames = ({ kind, payment, id }: StatedMovement) =>
    kind !== 'payment'
      ? []
      : links.flatMap(({ fees }) =>
          fees === undefined
            ? []
            : [{ due: fees.due(payment), done: fees.done(payment), expense: fees.expense(id) }],
        );
  const [linked, runs, turns] = await Promise.all([
    linkedOf(
      database,
      organisationId,
      integrations,
      movements.flatMap((one) => [
        ...documentNames(one),
        ...creditNames(one),
        ...transferNames(one),
        ...accountNames(one).map(({ name }) => name),
        ...feeNames(one).flatMap(({ due, done, expense }) => [due, done, expense]),
      ]),
    ),
    latestRunsOf(database, organisationId, {
      integrations,
      recordIds: movements.flatMap(({ toldBy }) => [...toldBy]),
      since,
    }),
    turnsOf(database, organisationId, integrations),
  ]);
  const byRecord = new Map(runs.map((run) => [run.recordId, run]));
  const isOn = bookings.some(({ integration }) => integration.enabled);
  return (movement) => {
    const told = movement.toldBy.flatMap((id) => byRecord.get(id) ?? []);
    const run =
      told.find((one) => !isOver(one)) ??
      told.toSorted((one, other) => other.at.getTime() - one.at.getTime())[0];
    return {
      document: firstOf(documentNames(movement), linked),
      transfer: firstOf(transferNames(movement), linked),
      moneyAccount: moneyAccountOf(accountNames(movement), linked),
      isCredited: firstOf(creditNames(movement), linked) !== null,
      run: run === undefined ? null : knownRun(run),
      wasOff: !wasOn(turns, Date.parse(movement.movedAt), isOn),
      fee: {
        isDue: feeNames(movement).some(({ due }) => linked.has(due)),
        isDone: feeNames(movement).some(({ done }) => linked.has(done)),
        expense: firstOf(
          feeNames(movement).map(({ expense }) => expense),
          linked,
        ),
        isWished: isFeeWished,
      },
    };
  };
}

/** What Liaison itself knows of payouts, and which accounts of the books they are set to go between. Asks no vendor. */
export async function payoutKnowledge(
  database: Database,
  organisationId: string,
  { bookings }: Pairing,
  payouts: readonly Payout[],
  since: Date,
  { payouts: wishedAt }: Wishes,
): Promise<(id: string) => KnownPayout> {
  const integrations = bookings.map(({ integration }) => integration.id);
  const links = bookings.flatMap(({ flow }) => flow.booking?.payouts ?? []);
  const [linked, runs] = await Promise.all([
    linkedOf(
      database,
      organisationId,
      integrations,
      payouts.flatMap(({ id }) => links.flatMap((link) => [link.there(id), link.back(id), link.between(id)])),
    ),
    latestRunsOf(database, organisationId, { integrations, recordIds: payouts.map(({ id }) => id), since }),
  ]);
  const byRecord = new Map(runs.map((run) => [run.recordId, run]));
  const byId = new Map(payouts.map((payout) => [payout.id, payout]));
  const set = accountsSet(bookings);
  return (id) => {
    const run = byRecord.get(id);
    const made = links.flatMap((link) => {
      const between = linked.get(link.between(id));
      return between === undefined ? [] : [link.accounts(between)];
    });
    const { arrivesOn = null, at = '' } = byId.get(id) ?? {};
    return {
      there: firstOf(
        links.map((link) => link.there(id)),
        linked,
      ),
      back: firstOf(
        links.map((link) => link.back(id)),
        linked,
      ),
      accounts: made[0] ?? null,
      accountsNow: set,
      run: run === undefined ? null : knownRun(run),
      isWished: wishedAt(arrivesOn === null ? at : `${arrivesOn}T00:00:00.000Z`),
    };
  };
}

/** The accounts in the books that payouts are set to go between; null: none are. */
export const accountsSet = (bookings: readonly Booking[]): PayoutAccounts | null =>
  bookings.flatMap((booking) => {
    const settings = settingsOf(booking, booking.integration.settings);
    return (settings === null ? null : booking.flow.booking?.payouts?.accountsOf(settings)) ?? [];
  })[0] ?? null;

interface WholeOrganisation {
  readonly database: Database;
  readonly world: Pick<World, 'flows' | 'integrations'>;
}

/** What any integration of the organisation remembers under these names, from whatever account. */
async function linkedByAny(
  { database, world }: WholeOrganisation,
  organisationId: string,
  namesOf: (links: readonly BookingLinks[]) => readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const integrations = await world.integrations(organisationId);
  const names = namesOf(world.flows.flatMap(({ booking }) => booking ?? []));
  return linkedOf(
    database,
    organisationId,
    integrations.map(({ id }) => id),
    names,
  );
}

/** Of these references those that any integration of the organisation booked, from whatever account. */
export async function bookedByLiaison(
  whole: WholeOrganisation,
  organisationId: string,
  references: readonly string[],
): Promise<ReadonlySet<string>> {
  const nameOf = new Map<string, string>();
  const linked = await linkedByAny(whole, organisationId, (links) => {
    for (const reference of references)
      for (const link of links) nameOf.set(link.payment(reference), reference);
    return [...nameOf.keys()];
  });
  return new Set([...linked.keys()].flatMap((name) => nameOf.get(name) ?? []));
}

/** Ids of the transfers that any integration of the organisation made under these references. */
export async function transfersByLiaison(
  whole: WholeOrganisation,
  organisationId: string,
  references: readonly string[],
): Promise<ReadonlySet<string>> {
  const linked = await linkedByAny(whole, organisationId, (links) =>
    references.flatMap((reference) => links.flatMap((link) => link.transfer?.(reference) ?? [])),
  );
  return new Set(linked.values());
}

function moneyAccountOf(
  names: readonly { readonly name: string; money(made: string): string | null }[],
  linked: ReadonlyMap<string, string>,
): string | null {
  for (const { name, money } of names) {
    const made = linked.get(name);
    const account = made === undefined ? null : money(made);
    if (account !== null) return account;
  }
  return null;
}

const firstOf = (names: readonly string[], linked: ReadonlyMap<string, string>): string | null =>
  names.map((name) => linked.get(name)).find((made) => made !== undefined) ?? null;

function knownRun({ id, integration, state, summary, error, at }: TellingRun): KnownRun {
  const isLeftOut = state === 'skipped' && isLeftOutText(summary);
  return {
    id,
    integration,
    state,
    at: at.toISOString(),
    isLeftOut,
    says: state === 'shelved' ? (error?.sentence ?? null) : isLeftOut ? summary : null,
    waitsFor: state === 'shelved' ? (error?.waitsFor ?? null) : null,
  };
}

/** Whether any of the integrations was on at a moment. @param now whether one is, for those of which nothing is kept. */
function wasOn(turns: readonly Turn[], at: number, now: boolean): boolean {
  if (turns.length === 0) return now;
  const last = new Map<string, boolean>();
  for (const turn of turns) if (turn.at.getTime() <= at) last.set(turn.integration, turn.enabled);
  return [...last.values()].some((enabled) => enabled);
}
