import { accessHandlersOf } from './accesses/access-handlers.ts';
import { actionHandlersOf } from './actions/action-handlers.ts';
import { alertHandlersOf } from './alerts/alert-handlers.ts';
import type { ConnectionKey, Keeping, Me, RunDetail, RunFilter, RunsQuery, WhyQuery } from './contract.ts';
import { demandOwn } from './demand-own.ts';
import { type Hidden, openEffects, openRun, openUses } from './hidden.ts';
import { integrationHandlersOf } from './integrations/integration-handlers.ts';
import { shelfHandlersOf } from './log/shelf-handlers.ts';
import { mailHandlersOf } from './mail/mail-handlers.ts';
import { moneyHandlersOf } from './money/money-handlers.ts';
import { openapiDocument } from './openapi.ts';
import type { RouteName } from './paths.ts';
import { personHandlersOf } from './persons/person-handlers.ts';
import { receiverHandlersOf } from './receivers/receiver-handlers.ts';
import { recordHandlersOf } from './record/record-handlers.ts';
import type { ApiServices, StoredRun } from './services.ts';
import { modeHandlersOf } from './session/mode-handlers.ts';
import type { Session } from './session/session.ts';
import type { SessionRoute } from './session/session-handlers.ts';
import { syncHandlersOf } from './syncs/sync-handlers.ts';

/** A request that is authorised and whose parts the contract has let through. */
export interface RouteContext {
  readonly session: Session;
  readonly params: Record<string, unknown>;
  readonly query: Record<string, unknown>;
  readonly body: unknown;
  /** What the caller names the request by, so that a repeated one has no second effect; null: it does not. */
  readonly onceBy: string | null;
}

export interface HandlerFacts {
  readonly services: ApiServices;
  readonly mode: Me['mode'];
  readonly sandboxUrl: string | null;
  readonly version: string;
}

/** What of the organisation's a session may not know of. */
export type FindHidden = (session: Session) => Promise<Hidden>;

/** Null is answered 404. The contract has validated each part, which is what the casts rely on. */
export type Handler = (context: RouteContext) => Promise<unknown> | unknown;

/** What each route does; `live` answers with a stream instead. */
export function handlersOf(facts: HandlerFacts): Record<Exclude<RouteName, 'live' | SessionRoute>, Handler> {
  const { services, mode, sandboxUrl, version } = facts;
  // Made for whoever asks first: no start waits for it.
  let document: ReturnType<typeof openapiDocument> | null = null;
  const hiddenFrom: FindHidden = (session) => services.integrations.hiddenFrom(session);
  /** Whether who asks may take the run up again: an admin, or whose own its integration is. */
  async function shownTo(session: Session, run: StoredRun | null): Promise<RunDetail | null> {
    if (run === null) return null;
    const access = await services.integrations.access(session, run.integration.id);
    return { ...run, mayReplay: session.role === 'admin' || access === 'change' };
  }
  return {
    async me({ session }) {
      const organisation = await services.organisation(session.organisationId);
      if (organisation === null) return null;
      const { user, role } = session;
      return {
        organisation,
        user,
        role,
        mode,
        sandboxUrl,
        locale: session.locale ?? organisation.locale,
      } satisfies Me;
    },
    listRuns: async ({ session, query }) =>
      services.listRuns(session.organisationId, query as RunsQuery, await hiddenFrom(session)),
    countRuns: async ({ session, query }) =>
      services.countRuns(session.organisationId, query as RunFilter, await hiddenFrom(session)),
    getRun: async ({ session, params }) =>
      shownTo(
        session,
        openRun(await services.getRun(session.organisationId, text(params.id)), await hiddenFrom(session)),
      ),
    async replayRun({ session, params }) {
      const id = text(params.id);
      if (session.role !== 'admin') {
        const run = openRun(await services.getRun(session.organisationId, id), await hiddenFrom(session));
        if (run === null) return null;
        await demandOwn(services.integrations, session, run.integration.id);
      }
      return shownTo(session, await services.replayRun(session.organisationId, id));
    },
    async replayMany({ session, body }) {
      return { replayed: await services.replayMany(session.organisationId, body as RunFilter) };
    },
    why: async ({ session, query }) => services.why(session, query as WhyQuery, await hiddenFrom(session)),
    findRecords: async ({ session, query }) =>
      services.findRecords(session.organisationId, text(query.search), await hiddenFrom(session)),
    async getKeeping({ session }) {
      return { days: await services.keptDays(session.organisationId) };
    },
    async setKeeping({ session, body }) {
      const { days } = body as Keeping;
      await services.keepFor(session.organisationId, days);
      return { days };
    },
    ...integrationHandlersOf(services.integrations, services, services.tries, services.syncs),
    async listDocuments({ session }) {
      const hidden = await hiddenFrom(session);
      const documents = await services.listDocuments(session.organisationId);
      return { documents: documents.filter(({ id }) => !hidden.has(id)) };
    },
    async listConnections({ session }) {
      return openUses(await services.listConnections(session), await hiddenFrom(session));
    },
    async connectionEffects({ session, params }) {
      const effects = await services.connectionEffects(session, text(params.id));
      return effects && openEffects(effects, await hiddenFrom(session));
    },
    setKey: ({ session, params, body }) => services.setKey(session, text(params.id), body as ConnectionKey),
    disconnect: ({ session, params }) => services.disconnect(session, text(params.id)),
    ...syncHandlersOf(services.syncs),
    ...personHandlersOf(services.templates, services.persons),
    ...recordHandlersOf(services.records, hiddenFrom),
    ...alertHandlersOf(services.alerts, hiddenFrom),
    ...accessHandlersOf(services.accesses),
    ...actionHandlersOf(services.actions),
    ...receiverHandlersOf(services.receivers),
    ...shelfHandlersOf(services.shelf, hiddenFrom, services.integrations),
    ...mailHandlersOf(services.mail),
    ...moneyHandlersOf(services.money),
    ...modeHandlersOf(services.mode),
    openapi: () => {
      document ??= openapiDocument(version);
      return document;
    },
  };
}

const text = (value: unknown): string => String(value);
