import { isLeftOutText } from '../../core/filter/judge.ts';
import { isOver, type Known, type KnownRun } from '../../core/reconciliation/compare.ts';
import type { StatedMovement } from '../../core/reconciliation/statement.ts';
import type { Database } from '../../store/database.ts';
import { type Turn, turnsOf } from '../../store/integration-changes.ts';
import { latestRunsOf, linkedOf, type TellingRun } from '../../store/money-knowledge.ts';
import type { World } from '../ports.ts';
import type { Pairing } from './pairs.ts';

/** What Liaison itself knows of an account's movements. Asks no vendor. */
export async function knowledgeOf(
  database: Database,
  organisationId: string,
  { bookings }: Pairing,
  movements: readonly StatedMovement[],
  since: Date,
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
    };
  };
}

/** Of these references those that any integration of the organisation booked, from whatever account. */
export async function bookedByLiaison(
  { database, world }: { readonly database: Database; readonly world: Pick<World, 'flows' | 'integrations'> },
  organisationId: string,
  references: readonly string[],
): Promise<ReadonlySet<string>> {
  const integrations = await world.integrations(organisationId);
  const links = world.flows.flatMap(({ booking }) => booking ?? []);
  const nameOf = new Map(
    references.flatMap((reference) => links.map((link) => [link.payment(reference), reference] as const)),
  );
  const linked = await linkedOf(
    database,
    organisationId,
    integrations.map(({ id }) => id),
    [...nameOf.keys()],
  );
  return new Set([...linked.keys()].flatMap((name) => nameOf.get(name) ?? []));
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
