import type { ConnectDeps } from '../connect/deps.ts';
import { connectInSandbox, sandboxKeys } from '../connect/sandbox.ts';
import type { Connector } from '../core/connector.ts';
import type { Automation } from '../core/flow.ts';
import { familyOf } from '../core/registration.ts';
import { canTake, type RoleDeclaration, type Roles } from '../core/roles.ts';
import { type SideOption, type SyncFlow, type SyncSide, syncFor } from '../core/sync-flow.ts';
import type { ObjectOptions } from '../core/sync-object.ts';
import { looksAround } from '../core/trigger-of.ts';
import { type ConnectionRow, connectionPerConnector } from '../store/connections.ts';
import { ensureCursor } from '../store/cursors.ts';
import { bindRoles } from '../store/integration-roles.ts';
import { type IntegrationRow, integrationsOf, saveIntegration } from '../store/integrations.ts';
import { listOrganisations } from '../store/organisations.ts';

/** Where the sandbox's own settings of flows stand: which sheet the invented company keeps its requests in. */
const SETTINGS_PATH = 'state/google-sheets';

/** How long a vendor may take to say what there is to choose from. */
const PATIENCE_MS = 20_000;

interface SheetsState {
  readonly tables?: {
    readonly spreadsheets?: readonly { readonly spreadsheetId?: string; readonly id?: string }[];
  };
}

async function sandboxSettings(deps: ConnectDeps, flow: Automation): Promise<Record<string, unknown>> {
  if (flow.trigger.kind !== 'poll') return {};
  const state = (await deps.door.control(SETTINGS_PATH)) as SheetsState;
  const [first] = state.tables?.spreadsheets ?? [];
  const spreadsheetId = first?.spreadsheetId ?? first?.id;
  // A newcomer is to see what becomes of the requests that are there.
  return spreadsheetId === undefined ? {} : { spreadsheetId, begin: 'all', everySeconds: 5 };
}

/** Of an account that holds several things of which a flow is about one (forms): the first. */
async function firstThing(
  { connectors, outbound }: ConnectDeps,
  { trigger }: Automation,
  connection: ConnectionRow | null,
): Promise<Record<string, unknown>> {
  const connector = connectors.get(connection?.connector ?? '');
  const forms = connector?.offers?.forms;
  if (trigger.kind !== 'offered' || trigger.about === undefined || !connection || !connector || !forms?.forms)
    return {};
  const http = outbound.open(connector, connection, { signal: AbortSignal.timeout(PATIENCE_MS) });
  const [first] = await forms.forms(connector.client(http));
  return first === undefined ? {} : { [trigger.about]: first.value };
}

/** The organisation's connection of each connector, by the connector's id. */
type Connected = ReadonlyMap<string, ConnectionRow>;

const connectedOf = async ({ database }: ConnectDeps, organisationId: string): Promise<Connected> =>
  new Map((await connectionPerConnector(database, organisationId)).map((one) => [one.connector, one]));

/** What a vendor offers is chosen where it offers one thing only: the invented company's one audience. */
async function onlyChoices(
  deps: ConnectDeps,
  connected: Connected,
  { object, options }: SyncSide,
): Promise<ObjectOptions> {
  const open = options.filter(({ kind, fallback }) => kind === 'choice' && fallback === null);
  const connection = connected.get(object.connector.id);
  if (open.length === 0 || connection === undefined) return {};
  const http = await deps.outbound.open(object.connector, connection, {
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  const client = object.connector.client(http);
  const chosen = async (option: SideOption): Promise<readonly [string, string][]> => {
    const [only, ...others] = (await option.choices?.(client)) ?? [];
    return only === undefined || others.length > 0 ? [] : [[option.id, only.id]];
  };
  return Object.fromEntries((await Promise.all(open.map(chosen))).flat());
}

/** Chooses for a sync what has to be chosen before it can be previewed; it is turned on by a person. */
async function chooseForSync(
  deps: ConnectDeps,
  organisationId: string,
  connected: Connected,
  flow: SyncFlow,
): Promise<void> {
  const sync = syncFor(flow, null);
  const left = await onlyChoices(deps, connected, sync.left);
  const right = await onlyChoices(deps, connected, sync.right);
  const isChosen = Object.keys(left).length + Object.keys(right).length > 0;
  const { defaults } = sync;
  const options = {
    left: { ...defaults.options.left, ...left },
    right: { ...defaults.options.right, ...right },
  };
  const settings = isChosen ? { options } : {};
  await saveIntegration(deps.database, {
    organisationId,
    id: sync.id,
    flow: sync.id,
    enabled: true,
    settings,
  });
}

/** An integration to be turned on: its name, and the connections that were chosen for its roles. */
type Wanted = Pick<IntegrationRow, 'id' | 'name'> & { readonly roles: Readonly<Record<string, string>> };

async function turnOn(
  { database }: ConnectDeps,
  {
    roles,
    looks,
    ...row
  }: Wanted & Pick<IntegrationRow, 'organisationId' | 'flow' | 'settings'> & { readonly looks: boolean },
): Promise<void> {
  const { organisationId, id } = row;
  await saveIntegration(database, { ...row, enabled: true });
  await bindRoles(database, { organisationId, integration: id }, roles);
  if (looks) await ensureCursor(database, organisationId, id);
}

/**
 * Connects one application after the other; the first of a family is consented to together with all that follow,
 * which then need no consent of their own.
 *
 * @param organisation null where the first application's account is to name it.
 * @returns the organisation; null where none is known and there was nothing to connect.
 */
async function connectAll(
  deps: ConnectDeps,
  organisation: string | null,
  connectors: readonly Connector[],
): Promise<string | null> {
  if (connectors.length === 0) return organisation;
  const keys = await sandboxKeys(deps);
  let organisationId = organisation;
  for (const connector of connectors) {
    const family = familyOf(connector)?.id;
    const alongside = connectors.filter(
      (one) => one !== connector && family !== undefined && familyOf(one)?.id === family,
    );
    const connection = await connectInSandbox(deps, { organisationId, connector, alongside, keys });
    organisationId = connection.organisationId;
  }
  return organisationId;
}

/**
 * On first start in the sandbox: connects every account of the invented company, through the real exchange
 * of codes, and turns every flow on that needs no choosing. What a person changed or disconnected since stays as it is.
 *
 * @returns the id of the sandbox's organisation.
 */
export async function setUpSandbox(
  deps: ConnectDeps,
  flows: ReadonlyMap<string, Automation>,
  syncs: ReadonlyMap<string, SyncFlow>,
): Promise<string> {
  const connectors = [...deps.connectors.values()];
  const [known] = await listOrganisations(deps.database);
  const organisationId = known?.id ?? (await connectAll(deps, null, connectors));
  if (organisationId === null) throw new Error('no connector of the sandbox names an organisation');
  // A start that was cut short before every account was connected goes on where it stopped.
  const unfinished = (await integrationsOf(deps.database, organisationId)).length === 0;
  if (!unfinished) return organisationId;
  const before = await connectedOf(deps, organisationId);
  await connectAll(
    deps,
    organisationId,
    connectors.filter(({ id }) => !before.has(id)),
  );
  // Read once: nobody else connects or ends anything before the doors are open.
  const connected = await connectedOf(deps, organisationId);
  const takersOf = (role: RoleDeclaration) => connectors.filter((one) => canTake(role, one));
  // Where messages are to go, for one, is for a person to choose.
  const needsNoChoice = (roles: Roles, except?: string) =>
    Object.entries(roles).every(([name, role]) => name === except || takersOf(role).length === 1);
  for (const flow of flows.values()) {
    const { trigger, roles } = flow;
    const source = trigger.kind === 'offered' ? trigger.role : undefined;
    if (flow.chosenFirst || !needsNoChoice(roles, source)) continue;
    const settings = await sandboxSettings(deps, flow);
    const made = (row: Wanted & Partial<Pick<IntegrationRow, 'settings'>>) =>
      turnOn(deps, { organisationId, flow: flow.id, settings, looks: looksAround(flow), ...row });
    const sourceRole = source === undefined ? undefined : roles[source];
    if (source === undefined || sourceRole === undefined) {
      await made({ id: flow.id, name: null, roles: {} });
      continue;
    }
    // What can begin at several applications (the company's shops) does so at each of them.
    for (const [index, { id, titles }] of takersOf(sourceRole).entries()) {
      const connection = connected.get(id) ?? null;
      await made({
        settings: { ...settings, ...(await firstThing(deps, flow, connection)) },
        id: index === 0 ? flow.id : `${flow.id}-${id}`,
        name: index === 0 ? null : `${flow.titles.fr} – ${titles.fr}`,
        roles: connection === null ? {} : { [source]: connection.id },
      });
    }
  }
  for (const sync of [...syncs.values()].filter(({ roles }) => needsNoChoice(roles))) {
    await chooseForSync(deps, organisationId, connected, sync);
  }
  return organisationId;
}
