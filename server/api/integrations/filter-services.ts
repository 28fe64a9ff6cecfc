import type { Connector } from '../../core/connector.ts';
import { asLiaisonError } from '../../core/errors.ts';
import type { FilterField, FilterPlace, KeptFilter } from '../../core/filter/filter.ts';
import { type Me, withMe } from '../../core/filter/me.ts';
import { operatorsOf } from '../../core/filter/operators.ts';
import type { Automation, Organisation, SettingSource } from '../../core/flow.ts';
import { storedError } from '../../engine/stored-error.ts';
import { listConnections } from '../../store/connections.ts';
import type { Database } from '../../store/database.ts';
import { changesOf } from '../../store/integration-changes.ts';
import type { IntegrationRow } from '../../store/integrations.ts';
import type {
  FilterCountAnswer,
  FilterCountWish,
  FilterFieldsAnswer,
  IntegrationHistory,
} from '../contract.ts';
import { failureOf } from '../log/run-view.ts';
import { Problem } from '../problem.ts';
import { syncFilterView } from '../syncs/sync-filter-view.ts';
import { checkFilter } from './check-filter.ts';
import { chosenAccounts } from './chosen-accounts.ts';
import { filterView } from './filter-view.ts';
import { refuseAll } from './integration-refusals.ts';

/** So many changes of an integration are shown. */
const MOST_CHANGES = 200;

/** Fields that conditions can be built from, as the API shows them. */
export const fieldsView = (fields: readonly FilterField[]): NonNullable<FilterFieldsAnswer['fields']> =>
  fields.map(({ name, kind, titles, choices, user }) => ({
    name,
    kind,
    titles,
    is: [...operatorsOf(kind)],
    choices: choices === undefined ? null : [...choices],
    ...(user === true ? { me: true } : {}),
  }));

/** What conditions can be built from. Null: the flow has no filter. */
export async function fieldsAnswer(
  flow: Automation,
  source: SettingSource<unknown>,
): Promise<FilterFieldsAnswer | null> {
  if (flow.filter === undefined) return null;
  const again = flow.filter.again?.(source.settings) ?? false;
  try {
    return { fields: fieldsView(await flow.filter.fields(source)), again, problem: null };
  } catch (thrown) {
    return { fields: null, again, problem: failureOf(storedError(asLiaisonError(thrown))) };
  }
}

/** By what records are judged that are only counted. */
export interface Judgement {
  readonly place: FilterPlace;
  /** Whose integration it is; null: nobody's own. */
  readonly me: Me | null;
}

/**
 * How many records fit.
 *
 * @param saved what counts where no other filter is sent.
 */
export async function countAnswer(
  flow: Automation,
  source: SettingSource<unknown>,
  { filter }: Pick<FilterCountWish, 'filter'>,
  saved: KeptFilter | null,
  { place, me }: Judgement,
): Promise<FilterCountAnswer> {
  try {
    const kept = filter === undefined ? saved : await checkFilter(flow, source, filter, 'once', me !== null);
    const { filterWords: words } = filterView(kept, place);
    if (kept === null || flow.filter?.count === undefined)
      return { count: null, more: false, words, problem: null };
    return { ...(await flow.filter.count(source, withMe(kept, me), place)), words, problem: null };
  } catch (thrown) {
    // What the filter itself may not be is refused; what the vendor does not say is told.
    if (thrown instanceof Problem) throw thrown;
    return { count: null, more: false, words: null, problem: failureOf(storedError(asLiaisonError(thrown))) };
  }
}

/** An integration that is not made yet, with the accounts that were chosen for it. */
export async function unmadeRow(
  parts: { readonly database: Database; readonly connectors: ReadonlyMap<string, Connector> },
  organisation: Organisation,
  flow: Pick<Automation, 'roles'>,
  wished: Readonly<Record<string, string>>,
): Promise<Pick<IntegrationRow, 'organisationId' | 'roles'>> {
  const connections = (await listConnections(parts.database, organisation.id)).filter(
    ({ owner }) => owner === null,
  );
  const { chosen, refusals } = chosenAccounts(flow.roles, wished, {
    connections,
    connectors: parts.connectors,
    mustBeWhole: false,
  });
  refuseAll(refusals);
  return {
    organisationId: organisation.id,
    roles: Object.entries(chosen).flatMap(([role, id]) => {
      const one = connections.find((connection) => connection.id === id);
      return one === undefined
        ? []
        : [{ role, connector: one.connector, accountId: one.account.id, connectionId: one.id }];
    }),
  };
}

export async function historyAnswer(
  database: Database,
  { organisationId, id }: Pick<IntegrationRow, 'organisationId' | 'id'>,
  place: FilterPlace,
): Promise<IntegrationHistory> {
  const rows = await changesOf(database, { organisationId, integration: id }, MOST_CHANGES);
  return {
    changes: rows.map(({ at, enabled, settings, filter, sideFilters }) => ({
      at: at.toISOString(),
      enabled,
      settings,
      ...filterView(filter, place),
      filterOfSync: syncFilterView(sideFilters, place).filter,
    })),
  };
}
