import type { Connector } from '../../core/connector.ts';
import { asLiaisonError } from '../../core/errors.ts';
import { integrationTitle } from '../../core/integration-title.ts';
import { familyId } from '../../core/registration.ts';
import type { Sentence } from '../../core/sentence.ts';
import type { SyncFlow } from '../../core/sync-flow.ts';
import { endPersonal } from '../../engine/personal/end-personal.ts';
import { goOnJoining, type JoinParts, type JoinStep, openTemplates } from '../../engine/personal/join.ts';
import { type ConnectionRow, listConnections } from '../../store/connections.ts';
import type { Database } from '../../store/database.ts';
import { type IntegrationRow, integrationsOf } from '../../store/integrations.ts';
import { markPerson, type PersonRow, personById, personOfUser, personsOf } from '../../store/persons.ts';
import { standingSyncs } from '../../store/standing-syncs.ts';
import type { TemplateRow } from '../../store/templates.ts';
import type { OwnPersonal, Person } from '../contract.ts';
import type { Asker } from '../integrations/integration-services.ts';
import type { PersonServices } from './person-services.ts';
import { personalView, personView } from './personal-view.ts';
import { WAS_ENDED } from './stored-template-services.ts';

export interface StoredPersonParts extends Omit<JoinParts, 'newId'> {
  readonly database: Database;
  readonly syncs: ReadonlyMap<string, SyncFlow>;
  readonly connectors: ReadonlyMap<string, Connector>;
  readonly newId: () => string;
  readonly disconnect: (connection: ConnectionRow) => Promise<unknown>;
  readonly onFlowChange: (organisationId: string) => Promise<void>;
  /** Asks the home application who works there. Rejects with a LiaisonError. */
  readonly lookAtStaff: (organisationId: string) => Promise<void>;
  /** After a person's own integration was made. */
  readonly settle: () => void;
  readonly now: () => number;
}

/** Somebody who opens the list again is not worth another call. */
const LOOKED_MS = 30_000;

/** The sandbox's own pages have nobody who signed in: nothing is offered to nobody. */
const NOBODYS: OwnPersonal = {
  asks: false,
  joining: false,
  offers: [],
  connect: null,
  problem: null,
  integrations: [],
};

/** Who takes part in what admins prepared, over the store; `goOn` is fed by accounts that were connected. */
export function storedPersonServices(
  parts: StoredPersonParts,
): PersonServices & { goOn(organisationId: string, userId: string): Promise<void> } {
  const { database, syncs, connectors } = parts;
  const looked = new Map<string, number>();

  async function personalOf(organisationId: string, rows: readonly IntegrationRow[]) {
    const [connections, standing] = await Promise.all([
      listConnections(database, organisationId),
      standingSyncs(
        database,
        organisationId,
        rows.map(({ id }) => id),
      ),
    ]);
    const facts = { syncs, connectors, connections, standing };
    const views = new Map<string, Person['integrations']>();
    for (const row of rows) {
      const view = row.owner === null ? null : personalView(row, facts);
      if (view !== null && row.owner !== null) views.set(row.owner, [...(views.get(row.owner) ?? []), view]);
    }
    return views;
  }

  /** Who asks, as a person; null where nobody is signed in. */
  const personOf = (asker: Asker): Promise<PersonRow | null> =>
    asker.user === null ? Promise.resolve(null) : personOfUser(database, asker.organisationId, asker.user.id);

  async function goOn(person: PersonRow): Promise<ReadonlyMap<string, JoinStep>> {
    const steps = await goOnJoining(parts, person);
    if ([...steps.values()].some(({ is }) => is === 'joined')) {
      await parts.onFlowChange(person.organisationId);
      parts.settle();
    }
    return steps;
  }

  /**
   * Where the accounts that are missing are connected: those of one vendor on one page. Only for whoever has no
   * account of the application yet.
   */
  async function connectPath(
    { organisationId, userId }: PersonRow,
    templates: readonly TemplateRow[],
    steps: ReadonlyMap<string, JoinStep>,
  ): Promise<string | null> {
    const rows = await listConnections(database, organisationId);
    const own = new Set(
      rows.flatMap((row) => (row.owner === userId && row.state === 'active' ? row.connector : [])),
    );
    const refused = new Set(
      templates.flatMap(({ id, connector }) => (steps.get(id)?.is === 'refused' ? connector : [])),
    );
    const missing = [...new Set(templates.map(({ connector }) => connector))]
      .filter((id) => !own.has(id) || refused.has(id))
      .flatMap((id) => connectors.get(id) ?? []);
    const [first] = missing;
    if (first === undefined) return null;
    const along = missing.filter((one) => one !== first && familyId(one) === familyId(first));
    const query = new URLSearchParams([['owner', 'me'], ...along.map(({ id }) => ['with', id])]);
    if (refused.has(first.id)) query.set('account', 'new');
    return `/oauth/start/${first.id}/${organisationId}?${query}`;
  }

  async function own(person: PersonRow | null, steps: ReadonlyMap<string, JoinStep>): Promise<OwnPersonal> {
    if (person?.userId == null) return NOBODYS;
    const { organisationId, userId } = person;
    const rows = await integrationsOf(database, organisationId);
    const [templates, views] = await Promise.all([
      openTemplates(database, organisationId, userId),
      personalOf(
        organisationId,
        rows.filter((row) => row.owner === userId),
      ),
    ]);
    const refused = [...steps.values()].find((step) => step.is === 'refused');
    return {
      asks: templates.some(({ createdAt }) => person.declinedAt === null || person.declinedAt < createdAt),
      joining: person.joiningAt !== null && templates.length > 0,
      offers: templates.map((row) => {
        const titles = connectors.get(row.connector)?.titles ?? { en: row.connector, fr: row.connector };
        return {
          template: row.id,
          titles: integrationTitle(row, syncs),
          connector: { id: row.connector, titles },
        };
      }),
      connect: await connectPath(person, templates, steps),
      problem: refused?.is === 'refused' ? (refused.error.details.sentence as Sentence) : null,
      integrations: views.get(userId) ?? [],
    };
  }

  const again = (person: PersonRow): Promise<PersonRow | null> =>
    personById(database, person.organisationId, person.externalId);

  async function endAll(person: PersonRow) {
    await markPerson(database, person, 'declined');
    if (person.userId === null) return { integrations: 0, accounts: 0 };
    return endPersonal(
      parts,
      { organisationId: person.organisationId, userId: person.userId },
      ({ template }) => template != null,
      { why: WAS_ENDED, everything: false },
    );
  }

  return {
    async list(organisationId) {
      let problem: Sentence | null = null;
      if (parts.now() - (looked.get(organisationId) ?? Number.NEGATIVE_INFINITY) > LOOKED_MS) {
        try {
          await parts.lookAtStaff(organisationId);
          looked.set(organisationId, parts.now());
        } catch (thrown) {
          problem = asLiaisonError(thrown).details.sentence;
        }
      }
      const rows = (await integrationsOf(database, organisationId)).filter(
        ({ template }) => template != null,
      );
      const [all, views] = await Promise.all([
        personsOf(database, organisationId),
        personalOf(organisationId, rows),
      ]);
      const shown = all.map((row) => personView(row, views.get(row.userId ?? '') ?? []));
      return {
        persons: shown.filter(
          ({ state, integrations }, index) =>
            state !== 'left' || integrations.length > 0 || all[index]?.leftAt != null,
        ),
        problem,
      };
    },

    async ask(organisationId, id) {
      const person = await personById(database, organisationId, id);
      if (person?.active !== true) return null;
      await markPerson(database, person, 'again');
      return { id };
    },

    async end(organisationId, id) {
      const person = await personById(database, organisationId, id);
      return person === null ? null : { id, ...(await endAll(person)) };
    },

    async own(asker, asking) {
      const person = await personOf(asker);
      const steps = person === null ? new Map() : await goOn(person);
      const now = person && (await again(person));
      const answer = await own(now, steps);
      if (asking && now !== null && answer.asks && answer.offers.length > 0)
        await markPerson(database, now, 'asked');
      return answer;
    },

    async join(asker) {
      const person = await personOf(asker);
      if (person === null) return NOBODYS;
      await markPerson(database, person, 'joining');
      const now = await again(person);
      const steps = now === null ? new Map() : await goOn(now);
      return own(now && (await again(now)), steps);
    },

    async decline(asker) {
      const person = await personOf(asker);
      if (person === null) return NOBODYS;
      await markPerson(database, person, 'declined');
      return own(await again(person), new Map());
    },

    async endOwn(asker) {
      const person = await personOf(asker);
      if (person === null) return NOBODYS;
      await endAll(person);
      return own(await again(person), new Map());
    },

    async goOn(organisationId, userId) {
      const person = await personOfUser(database, organisationId, userId);
      if (person !== null) await goOn(person);
    },
  };
}
