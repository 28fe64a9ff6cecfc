import { LiaisonError } from '../../core/errors.ts';
import { languageOf } from '../../core/sentence.ts';
import type { SyncFlow } from '../../core/sync-flow.ts';
import {
  type ConnectionRow,
  connectionById,
  connectionOf,
  listConnections,
} from '../../store/connections.ts';
import type { Database, Sql } from '../../store/database.ts';
import { bindRoles } from '../../store/integration-roles.ts';
import { integrationsOf, lockNames } from '../../store/integrations.ts';
import { organisationById } from '../../store/organisations.ts';
import { markPerson, type PersonRow, personsOf } from '../../store/persons.ts';
import {
  insertPersonal,
  integrationsUnder,
  lockTemplate,
  type TemplateRow,
  templatesOf,
} from '../../store/templates.ts';

export interface JoinParts {
  readonly database: Database;
  readonly syncs: ReadonlyMap<string, SyncFlow>;
  /** A short id that was never given before. */
  readonly newId: () => string;
  /**
   * Connects an account of a person's where what they granted opens it already.
   *
   * @returns null where they have to be asked.
   */
  readonly connectOwn: (
    organisationId: string,
    owner: string,
    connector: string,
  ) => Promise<ConnectionRow | null>;
}

/** Where somebody who agreed stands with one template. */
export type JoinStep =
  | { readonly is: 'joined' | 'account' }
  /** It cannot be as it is; what the person must do. */
  | { readonly is: 'refused'; readonly error: LiaisonError };

/** Templates that persons are asked to take part in and that this one does not follow yet. */
export async function openTemplates(
  database: Database,
  organisationId: string,
  userId: string,
): Promise<TemplateRow[]> {
  const rows = await integrationsOf(database, organisationId);
  const followed = new Set(rows.flatMap(({ owner, template }) => (owner === userId ? (template ?? []) : [])));
  return (await templatesOf(database, organisationId)).filter(({ id, open }) => open && !followed.has(id));
}

/**
 * Goes on with whoever agreed to take part: each template whose account is connected by now becomes an integration
 * of their own. Safe to repeat, and done after each of the two: they agreed, an account of theirs was connected.
 *
 * @returns by template how far it came; nothing where they did not agree.
 */
export async function goOnJoining(
  parts: JoinParts,
  person: PersonRow,
): Promise<ReadonlyMap<string, JoinStep>> {
  const { database } = parts;
  const { organisationId, userId } = person;
  const steps = new Map<string, JoinStep>();
  if (person.joiningAt === null || !person.active || userId === null) return steps;
  for (const template of await openTemplates(database, organisationId, userId)) {
    steps.set(template.id, await joinWithOwn(parts, template, { ...person, userId }));
  }
  if ([...steps.values()].every(({ is }) => is === 'joined')) await markPerson(database, person, 'joined');
  return steps;
}

type Joining = PersonRow & { readonly userId: string };

/** Joins with the account that the person connected last and that can take part. */
async function joinWithOwn(parts: JoinParts, template: TemplateRow, person: Joining): Promise<JoinStep> {
  let refused: JoinStep | null = null;
  for (const own of await ownAccounts(parts, template, person.userId)) {
    const step = await join(parts, template, person, own);
    if (step.is !== 'refused') return step;
    refused ??= step;
  }
  return refused ?? { is: 'account' };
}

/** Accounts that a person connected, the last one first; one that what they granted opens is connected now. */
async function ownAccounts(
  parts: JoinParts,
  { organisationId, connector }: TemplateRow,
  userId: string,
): Promise<ConnectionRow[]> {
  const rows = await listConnections(parts.database, organisationId);
  const own = rows.filter(
    (row) => row.owner === userId && row.connector === connector && row.state === 'active',
  );
  if (own.length > 0) return own.reverse();
  const made = await parts.connectOwn(organisationId, userId, connector);
  return made === null ? [] : [made];
}

/** The organisation's connection that a role of a template stands on: the one that was chosen, or else the usual one. */
export async function sharedConnection(
  database: Database,
  { organisationId, connections }: Pick<TemplateRow, 'organisationId' | 'connections'>,
  role: string,
  connector: string,
): Promise<ConnectionRow | null> {
  const chosen = connections[role];
  const row = chosen === undefined ? null : await connectionById(database, chosen);
  const isOurs = row?.organisationId === organisationId && row.connector === connector && row.owner === null;
  return isOurs ? row : connectionOf(database, organisationId, connector);
}

async function join(
  parts: JoinParts,
  template: TemplateRow,
  person: Joining,
  own: ConnectionRow,
): Promise<JoinStep> {
  const { database, syncs } = parts;
  const { organisationId } = template;
  const flow = syncs.get(template.flow);
  if (flow?.personal === undefined) return { is: 'account' };
  const { role } = flow.personal;
  const other = role === 'left' ? 'right' : 'left';
  const connector = flow.roles[other].connector;
  const shared =
    connector === undefined ? null : await sharedConnection(database, template, other, connector);
  if (shared === null) return { is: 'refused', error: nothingShared() };
  return database.transaction(async (sql): Promise<JoinStep> => {
    // As it is by now: it may have been closed meanwhile, and of two who bring one account the second one is told.
    const now = await lockTemplate(sql, organisationId, template.id);
    if (now?.open !== true) return { is: 'joined' };
    const taken = (await integrationsUnder(sql, organisationId, template.id)).some(
      (row) =>
        row.owner !== person.userId &&
        row.roles.some((bound) => bound.role === role && bound.accountId === own.account.id),
    );
    if (taken) return { is: 'refused', error: accountTaken(own.account.name) };
    const colleague = await whoseElse(sql, person, own.account.name);
    if (colleague !== null) return { is: 'refused', error: accountOf(own.account.name, colleague) };
    const id = parts.newId();
    await lockNames(sql, organisationId);
    const names = await integrationsOf(sql, organisationId);
    const locale = (await organisationById(sql, organisationId))?.locale;
    const title = now.name ?? flow.titles[languageOf(locale)];
    const name = freeName(`${title} · ${person.name}`, new Set(names.map((one) => one.name)));
    const made = await insertPersonal(sql, now, { id, owner: person.userId, name });
    if (made)
      await bindRoles(sql, { organisationId, integration: id }, { [role]: own.id, [other]: shared.id });
    return { is: 'joined' };
  });
}

/** The colleague whose an account is by its e-mail address; null: nobody's, or the person's own. */
async function whoseElse(sql: Sql, person: PersonRow, account: string): Promise<PersonRow | null> {
  const isOf = ({ email }: PersonRow): boolean => email?.toLowerCase() === account.toLowerCase();
  if (isOf(person)) return null;
  return (await personsOf(sql, person.organisationId)).find(isOf) ?? null;
}

const accountOf = (account: string, { name }: PersonRow): LiaisonError =>
  new LiaisonError('conflict', {
    sentence: {
      en: `The account ${account} belongs to ${name}. Connect an account of your own.`,
      fr: `Le compte ${account} appartient à ${name}. Connectez un compte qui vous est propre.`,
    },
  });

/** @param taken names that others have. */
function freeName(name: string, taken: ReadonlySet<string | null>): string {
  for (let number = 1; ; number += 1) {
    const one = number === 1 ? name : `${name} ${number}`;
    if (!taken.has(one)) return one;
  }
}

const accountTaken = (account: string): LiaisonError =>
  new LiaisonError('conflict', {
    sentence: {
      en: `Somebody else takes part with the account ${account} already. Connect an account of your own.`,
      fr: `Une autre personne participe déjà avec le compte ${account}. Connectez un compte qui vous est propre.`,
    },
  });

const nothingShared = (): LiaisonError =>
  new LiaisonError('reconnect', {
    sentence: {
      en: 'The organisation’s own account is not connected. An admin can connect it under Connections.',
      fr: 'Le compte de l’organisation n’est pas connecté. Un administrateur peut le connecter sous Connexions.',
    },
  });
