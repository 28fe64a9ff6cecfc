import type { Connector, ConnectorHttp } from '../../core/connector.ts';
import type { Sentence } from '../../core/sentence.ts';
import type { StaffDeclaration } from '../../core/staff.ts';
import { endAccessesOf } from '../../store/accesses.ts';
import { closeAlert, closeOldAlert, raiseAlert } from '../../store/alerts.ts';
import { type LeaverRow, leavers, markPerson, personsOf, savePersons } from '../../store/persons.ts';
import { endSignInsOf } from '../../store/sign-ins.ts';
import { demoteUsers } from '../../store/users.ts';
import type { World } from '../ports.ts';
import { type EndedPersonal, type EndParts, endPersonal } from './end-personal.ts';

export interface StaffParts extends EndParts {
  readonly world: Pick<World, 'open' | 'connectors'>;
}

const PATIENCE_MS = 30_000;
/** Nothing can be put right about it: an alert that closed at once would be told to nobody. */
const TOLD_FOR_SECONDS = 86_400;

interface Home {
  readonly connector: Connector;
  readonly staff: StaffDeclaration<unknown>;
}

/** The application that knows who works in the organisation. */
function homeOf({ connectors }: Pick<World, 'connectors'>): Home | null {
  for (const connector of connectors.values())
    if (connector.staff !== undefined) return { connector, staff: connector.staff };
  return null;
}

/**
 * Asks the organisation's home application who works there: one call for each two hundred, and one for each person
 * whom it does not name any longer. Who is not active any more is ended, and the admins are told; who is no admin any
 * more is one here no longer either.
 *
 * @throws LiaisonError of the vendor: then nothing is concluded.
 */
export async function lookAtStaff(parts: StaffParts, organisationId: string): Promise<void> {
  const { database, world } = parts;
  const home = homeOf(world);
  if (home === null) return;
  const http: ConnectorHttp = await world.open({ organisationId }, home.connector, {
    onExchange: () => {},
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  const client = home.connector.client(http);
  const told = await home.staff.all(client);
  const named = new Set(told.map(({ id }) => id));
  const missing = (await personsOf(database, organisationId)).filter(
    ({ externalId, active }) => active && !named.has(externalId),
  );
  const asked = await Promise.all(
    missing.map(async ({ externalId, name, email }) => {
      const one = await home.staff.one(client, externalId);
      return one ?? { id: externalId, name, email, active: false, role: null };
    }),
  );
  await savePersons(database, organisationId, [...told, ...asked]);
  const reps = told.filter(({ role }) => role === 'rep').map(({ id }) => id);
  await database.transaction(async (sql) => {
    // Only admins let applications in: who is one no longer has none that act in their name.
    for (const userId of await demoteUsers(sql, organisationId, reps))
      await endAccessesOf(sql, organisationId, userId);
  });
  for (const { id, active } of told) if (active) await closeAlert(database, organisationId, causeOf(id));
  for (const leaver of await leavers(database, organisationId)) await endLeaver(parts, leaver);
  for (const { externalId, leftAt } of await personsOf(database, organisationId))
    if (leftAt !== null) await closeOldAlert(database, organisationId, causeOf(externalId), TOLD_FOR_SECONDS);
}

const causeOf = (externalId: string): string => `person-left ${externalId}`;

/** Ends all that somebody who left had of their own, and whatever they are signed in with. Cut short, it is repeated. */
async function endLeaver(parts: StaffParts, leaver: LeaverRow): Promise<void> {
  const { database } = parts;
  const { organisationId, externalId, userId, name } = leaver;
  if (userId !== null) {
    await endSignInsOf(database, organisationId, userId);
    await database.transaction((sql) => endAccessesOf(sql, organisationId, userId));
    const everything = { why: WHO_LEFT, everything: true };
    const ended = await endPersonal(parts, { organisationId, userId }, () => true, everything);
    if (ended.integrations + ended.accounts > 0)
      await raiseAlert(database, {
        organisationId,
        cause: causeOf(externalId),
        integration: null,
        sentence: hasLeft(name, ended),
        count: 1,
      });
  }
  await markPerson(database, leaver, 'left');
}

const WHO_LEFT: Sentence = {
  en: 'Not done: whose own it was is no longer active in the CRM.',
  fr: 'Non fait\u00a0: la personne à qui elle appartenait n’est plus active dans le CRM.',
};

const hasLeft = (name: string, { integrations, accounts }: EndedPersonal): Sentence => ({
  en: `${name} is no longer active in the CRM. ${integrations === 1 ? 'One integration' : `${integrations} integrations`} of theirs ended, and Liaison gave up its access to ${accounts === 1 ? 'one account' : `${accounts} accounts`} of theirs. Their records stay where they are; give those in the CRM to somebody else.`,
  fr: `${name} n’a plus de compte actif dans le CRM. ${integrations === 1 ? 'Une intégration' : `${integrations} intégrations`} de cette personne ${integrations === 1 ? 'a été arrêtée' : 'ont été arrêtées'}, et Liaison n’a plus accès à ${accounts === 1 ? 'un compte' : `${accounts} comptes`}. Les fiches restent où elles sont\u00a0; confiez celles du CRM à quelqu’un d’autre.`,
});
