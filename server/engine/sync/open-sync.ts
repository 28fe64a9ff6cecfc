import { LiaisonError } from '../../core/errors.ts';
import type { Organisation } from '../../core/flow.ts';
import type { Side } from '../../core/sync/mapping.ts';
import { factsOf, type SideFilter } from '../../core/sync/side-filter.ts';
import type { Sync, SyncSettings, SyncSide } from '../../core/sync-flow.ts';
import type { ObjectOptions, SyncField } from '../../core/sync-object.ts';
import type { IntegrationRow } from '../../store/integrations.ts';
import { accountOf } from '../integration-of.ts';
import type { World } from '../ports.ts';
import { fieldsOf, type SideAtWork } from './work.ts';

/** A field list is asked for again after this long: admins add fields, but not every second. */
const KEPT_MS = 300_000;
/** A mapping that names a field nobody saw: it was made just now, or is no more. */
const NEW_MS = 10_000;

export interface SideToOpen {
  readonly organisation: Organisation;
  readonly integration: Pick<IntegrationRow, 'id' | 'organisationId' | 'roles'>;
  readonly sync: Sync;
  readonly settings: SyncSettings;
  readonly side: Side;
  readonly filter: SideFilter | null;
  /** The home application's id of the person whose own the integration is; null: the organisation's. */
  readonly owner: string | null;
  readonly signal: AbortSignal;
}

export type OpenSide = (about: SideToOpen) => Promise<SideAtWork>;

/** Opens the sides of syncs under the accounts that were chosen for them; remembers for a while what fields there are. */
export function sideOpener(world: World, now: () => number): OpenSide {
  const schemas = new Map<string, { at: number; fields: ReadonlyMap<string, SyncField> }>();
  const conditions = new Map<string, { at: number; names: ReadonlySet<string> }>();

  async function schemaOf(
    name: string,
    client: unknown,
    { object }: SyncSide,
    { options, mapped }: { options: ObjectOptions; mapped: readonly string[] },
  ): Promise<ReadonlyMap<string, SyncField>> {
    const kept = schemas.get(name);
    const knowsAll = mapped.every((id) => kept?.fields.has(id));
    if (kept !== undefined && now() - kept.at < (knowsAll ? KEPT_MS : NEW_MS)) return kept.fields;
    const fields = new Map((await object.fields(client, options)).map((field) => [field.id, field]));
    schemas.set(name, { at: now(), fields });
    return fields;
  }

  /** Conditions on what is not there any more would fit no record: nothing is concluded from them. */
  async function demandConditions(
    name: string,
    { object, client, options, schema }: Pick<SideAtWork, 'object' | 'client' | 'options' | 'schema'>,
    filter: SideFilter,
  ): Promise<void> {
    const asked = factsOf(filter);
    let known: ReadonlySet<string> = new Set(schema.keys());
    if (object.filterFields !== undefined) {
      const kept = conditions.get(name);
      const isFresh =
        kept !== undefined && now() - kept.at < KEPT_MS && asked.every((id) => kept.names.has(id));
      known = isFresh
        ? kept.names
        : new Set((await object.filterFields(client, options)).map((field) => field.name));
      if (!isFresh) conditions.set(name, { at: now(), names: known });
    }
    const gone = asked.find((field) => !known.has(field));
    if (gone === undefined) return;
    const titles = filter.fields.find((field) => field.name === gone)?.titles ?? { en: gone, fr: gone };
    throw new LiaisonError('rejected', {
      field: gone,
      sentence: {
        en: `The filter asks about “${titles.en}”, a field that is not there any more in ${object.connector.titles.en}. Change the filter, or make the field again.`,
        fr: `Le filtre porte sur «\u00a0${titles.fr}\u00a0», un champ qui n’existe plus dans ${object.connector.titles.fr}. Modifiez le filtre, ou recréez le champ.`,
      },
    });
  }

  return async ({ organisation, integration, sync, settings, side, filter, owner, signal }) => {
    const { object } = sync[side];
    const connector = world.connectors.get(object.connector.id) ?? object.connector;
    const http = await world.open(accountOf(integration, side), connector, { onExchange: () => {}, signal });
    const client = object.connector.client(http);
    const { staff } = object.connector;
    const own = staff === undefined || owner === null ? {} : { [staff.ownerOption]: owner };
    const options = { ...settings.options[side], ...own };
    const name = JSON.stringify([organisation.id, integration.id, side, http.account.id, options]);
    const fields = fieldsOf(settings, side);
    const asked = object.filterFields === undefined ? factsOf(filter) : [];
    const schema = await schemaOf(name, client, sync[side], { options, mapped: [...fields, ...asked] });
    if (filter !== null) await demandConditions(name, { object, client, options, schema }, filter);
    return { object, client, options, schema, fields, account: http.account.id, filter };
  };
}

/** A sync's settings: what an admin stored over what the flow brings along. */
export function settingsOf(
  sync: Sync,
  organisation: Organisation,
  stored: Record<string, unknown>,
): SyncSettings {
  const { defaults } = sync;
  const chosen = stored as Partial<SyncSettings>;
  // A phone number that names no country is the organisation's own.
  const country = chosen.rules?.country ?? new Intl.Locale(organisation.locale).region;
  const rules = { ...defaults.rules, ...chosen.rules };
  // What one side can hold may depend on the other side's clocks: the organisation's, where nothing else is said.
  const zone = { counterpartZone: organisation.timeZone };
  const options = {
    left: { ...zone, ...defaults.options.left, ...chosen.options?.left },
    right: { ...zone, ...defaults.options.right, ...chosen.options?.right },
  };
  return { ...defaults, ...chosen, options, rules: { ...rules, country: country ?? defaults.rules.country } };
}
