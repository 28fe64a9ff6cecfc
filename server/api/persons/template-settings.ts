import type { Connector, ConnectorHttp } from '../../core/connector.ts';
import { LiaisonError } from '../../core/errors.ts';
import type { Side } from '../../core/sync/mapping.ts';
import type { Sync, SyncSettings } from '../../core/sync-flow.ts';
import type { Account } from '../../engine/ports.ts';
import type { SyncSettingsChange } from '../contract.ts';
import { type Misfit, refuse, rulesFrom } from '../syncs/sync-rules.ts';
import { type DescribedSide, optionMisfits, type SideDescriber } from '../syncs/sync-sides.ts';

export interface TemplateSides {
  readonly sync: Sync;
  /** The side that each person's own account takes. */
  readonly own: Side;
  /** The organisation's account on the other one. */
  readonly shared: Account;
  readonly connectors: ReadonlyMap<string, Connector>;
  readonly describe: SideDescriber['describe'];
}

/**
 * The settings of a template as they would be stored, over those that hold. What the persons' side offers is asked of
 * nobody's account: what their vendor says of every account decides.
 *
 * @throws a `Problem` that names what does not fit, or a LiaisonError of the vendor of the shared side.
 */
export async function templateSettings(
  sides: TemplateSides,
  sent: Omit<SyncSettingsChange, 'basedOn'>,
  now: SyncSettings,
): Promise<SyncSettings> {
  const { sync, own } = sides;
  const other: Side = own === 'left' ? 'right' : 'left';
  const chosen = (side: Side) => ({ ...now.options[side], ...(sent.options?.[side] as object | undefined) });
  const options = { left: chosen('left'), right: chosen('right') } as SyncSettings['options'];
  const next: SyncSettings = {
    ...now,
    options,
    everySeconds: sent.everySeconds ?? now.everySeconds,
    sweepHours: sent.sweepHours ?? now.sweepHours,
    brake: sent.brake ?? now.brake,
  };
  if (sent.rules === undefined && sent.options === undefined) return next;
  const described = {
    [own]: await anybodys(sides, options[own]),
    [other]: await sides.describe(sides.shared, sync, other, options[other]),
  } as Record<Side, DescribedSide>;
  refuse([
    ...ownMisfits(sync, own, sent.options?.[own] ?? {}),
    ...optionMisfits(other, (sent.options?.[other] ?? {}) as SyncSettings['options'][Side], described[other]),
  ]);
  for (const { error } of Object.values(described)) if (error !== null) throw error;
  if (sent.rules === undefined) return next;
  const fields = {
    left: described.left.fields ?? new Map(),
    right: described.right.fields ?? new Map(),
  };
  const { rules, misfits } = rulesFrom(sync, sent.rules, fields);
  refuse(misfits);
  const country = sent.rules.country ?? now.rules.country;
  return { ...next, rules: { ...now.rules, ...rules, country } };
}

/** What holds of every account of the persons' application: nobody's is asked. */
async function anybodys(
  { sync, own, connectors }: TemplateSides,
  options: SyncSettings['options'][Side],
): Promise<DescribedSide> {
  const { object } = sync[own];
  const connector = connectors.get(object.connector.id) ?? object.connector;
  const nobody: ConnectorHttp = {
    received: async () => [],
    download: () => Promise.reject(notAsked(connector)),
    account: { id: '', name: '' },
    apiUrl: null,
    fetch: () => Promise.reject(notAsked(connector)),
  };
  const fields = await object.fields(connector.client(nobody), options);
  return {
    fields: new Map(fields.map((field) => [field.id, field])),
    error: null,
    takesNewFields: false,
    options: [],
  };
}

/** Which of an account's calendars there are differs by person: only what is of every account is looked at. */
function ownMisfits(sync: Sync, own: Side, sent: object): Misfit[] {
  return Object.entries(sent).flatMap(([id, value]): Misfit[] => {
    const option = sync[own].options.find((one) => one.id === id);
    const fits =
      option !== undefined &&
      (option.kind === 'boolean' ? typeof value === 'boolean' : value === null || typeof value === 'string');
    return fits ? [] : [{ field: `options.${own}.${id}`, detail: NO_SUCH_OPTION }];
  });
}

const NO_SUCH_OPTION = {
  en: 'There is no such choice, or it cannot be this. Choose one that is offered.',
  fr: 'Ce choix n’existe pas, ou pas avec cette valeur. Choisissez parmi ce qui est proposé.',
};

const notAsked = ({ titles }: Connector): LiaisonError =>
  new LiaisonError('rejected', {
    sentence: {
      en: `The fields of ${titles.en} differ from account to account. Set up an integration with one of them first, and make the template from that.`,
      fr: `Les champs de ${titles.fr} diffèrent d’un compte à l’autre. Réglez d’abord une intégration avec l’un d’eux, puis créez le modèle à partir de celle-ci.`,
    },
  });
