import { createHash } from 'node:crypto';
import type { Connector } from '../../core/connector.ts';
import type { Automation } from '../../core/flow.ts';
import {
  conversationLink,
  type FollowedRecord,
  followedIn,
  followedText,
  loggedLink,
  type SentDraft,
  sentIn,
  sentLink,
  sentText,
  withSent,
} from '../../core/mail/conversation.ts';
import { canTake } from '../../core/roles.ts';
import type { Exclusively } from '../../engine/exclusive.ts';
import { type ConnectionRow, listConnections } from '../../store/connections.ts';
import type { Database } from '../../store/database.ts';
import { type IntegrationRow, integrationsOf } from '../../store/integrations.ts';
import { linkedRecords, saveLinks } from '../../store/links.ts';
import type { MailLog } from '../../store/mail-logs.ts';
import { userNames } from '../../store/users.ts';
import type { Answer } from '../contract.ts';
import type { Asker, IntegrationServices } from '../integrations/integration-services.ts';
import { notNow } from '../problem.ts';
import { CONNECT_MAILBOX, NOBODY_SIGNED_IN, OTHER_MAILBOX, SWITCHED_OFF } from './mail-problems.ts';

export interface ConversationParts {
  readonly database: Database;
  readonly flows: ReadonlyMap<string, Automation>;
  readonly connectors: ReadonlyMap<string, Connector>;
  readonly integrations: () => Pick<IntegrationServices, 'make' | 'set'>;
  readonly exclusively: Exclusively;
}

type Shown = Answer<'getMailConversation'>;
/** Where a mail was logged by itself. */
export type FollowedLog = Omit<MailLog, 'mail' | 'integration' | 'eventKey'>;

/** What a run remembers of a mail that it logged. */
interface Remembered {
  readonly at: string;
  readonly records: readonly (FollowedRecord & { readonly crmId: string })[];
}

/** What each person has logged of their own mailbox, over the integration that is theirs. */
export function conversations({ database, flows, connectors, integrations, exclusively }: ConversationParts) {
  const flow = [...flows.values()].find(
    ({ trigger, roles }) => trigger.kind === 'offered' && roles[trigger.role]?.offers === 'mails',
  );
  const role = flow?.trigger.kind === 'offered' ? flow.trigger.role : '';
  const declared = flow?.roles[role];
  const mailboxes = [...connectors.values()].filter(
    (one) => declared !== undefined && canTake(declared, one),
  );

  /** Somebody's own account and integration, as far as they have them, and whether the one reads the other. */
  async function ownOf({ organisationId, user }: Asker) {
    if (user === null) return { account: null, integration: null, isRead: false };
    const [accounts, rows] = await Promise.all([
      listConnections(database, organisationId),
      integrationsOf(database, organisationId),
    ]);
    const isOwn = ({ owner, state, connector }: ConnectionRow): boolean =>
      owner === user.id && state === 'active' && mailboxes.some(({ id }) => id === connector);
    const integration = rows.find((row) => row.owner === user.id && row.flow === flow?.id) ?? null;
    const bound = integration?.roles.find((one) => one.role === role)?.connectionId ?? null;
    const own = accounts.filter(isOwn);
    const account = own.find(({ id }) => id === bound) ?? own[0] ?? null;
    return { account, integration, isRead: account !== null && account.id === bound };
  }

  async function recordsOf(row: IntegrationRow | null, conversation: string): Promise<FollowedRecord[]> {
    if (row === null) return [];
    const { organisationId, id: integration } = row;
    const leftId = conversationLink(conversation);
    const [kept = null] = await linkedRecords(database, [{ organisationId, integration, leftId }]);
    return [...followedIn(kept)];
  }

  function withoutMailbox({ organisationId, user }: Asker, conversation: string): Shown {
    const [first] = mailboxes;
    const connect =
      user === null || first === undefined ? null : `/oauth/start/${first.id}/${organisationId}`;
    return {
      ...{ conversation, state: 'no-mailbox', records: [] },
      sentence: user === null ? NOBODY_SIGNED_IN : CONNECT_MAILBOX,
      connect: connect && `${connect}?owner=me`,
    };
  }

  async function get(asker: Asker, conversation: string): Promise<Shown> {
    const { account, integration, isRead } = await ownOf(asker);
    if (account === null) return withoutMailbox(asker, conversation);
    const records = await recordsOf(integration, conversation);
    const isChosen = records.length > 0;
    const isOn = isChosen && integration?.enabled === true && isRead;
    return {
      ...{ conversation, state: isOn ? 'on' : 'off', connect: null },
      sentence: isOn || !isChosen ? null : isRead ? SWITCHED_OFF : OTHER_MAILBOX,
      records: records as Shown['records'],
    };
  }

  const keep = (
    { organisationId, id }: Pick<IntegrationRow, 'organisationId' | 'id'>,
    left: string,
    right: string,
  ) => saveLinks(database, [{ organisationId, integration: id, leftId: left, rightId: right }]);

  async function set(asker: Asker, conversation: string, records: readonly FollowedRecord[]): Promise<Shown> {
    const { organisationId } = asker;
    const { account, integration, isRead } = await ownOf(asker);
    const left = conversationLink(conversation);
    if (records.length === 0) {
      if (integration !== null) await keep(integration, left, followedText([]));
      return get(asker, conversation);
    }
    if (account === null || flow === undefined) return withoutMailbox(asker, conversation);
    // What is chosen stands before anything is heard: a mail that comes at once is of this conversation already.
    if (integration !== null) {
      await keep(integration, left, followedText(records));
      // Another mailbox than the one that was read takes its place.
      const read = isRead ? {} : { connections: { [role]: account.id } };
      if (!integration.enabled || !isRead)
        await integrations().set(organisationId, integration.id, { enabled: true, ...read });
      return get(asker, conversation);
    }
    const wish = {
      ...{ flow: flow.id, owner: 'me' as const, settings: {}, enabled: true },
      connections: { [role]: account.id },
    };
    const made = await integrations().make(asker, wish, null);
    if (made === null) throw notNow(SWITCHED_OFF);
    await keep({ organisationId, id: made.id }, left, followedText(records));
    return get(asker, conversation);
  }

  return {
    get,

    /**
     * One after the other for each person: two that come at once make one integration, of which both are.
     *
     * @param records where its mails are logged from now on; empty: nowhere.
     */
    set: (asker: Asker, conversation: string, records: readonly FollowedRecord[]): Promise<Shown> =>
      exclusively(`${asker.organisationId} conversations ${asker.user?.id}`, () =>
        set(asker, conversation, records),
      ),

    /** A mail is logged while it is sent: where its conversation is logged as well, that run leaves these records to this one. */
    async sent(asker: Asker, conversation: string, draft: SentDraft): Promise<void> {
      const { integration } = await ownOf(asker);
      if (integration === null || (await recordsOf(integration, conversation)).length === 0) return;
      const { organisationId, id } = integration;
      const leftId = sentLink(conversation);
      // The key of its runs: one may be about to note which mail a draft is.
      await exclusively(`${organisationId} ${integration.flow} ${leftId}`, async () => {
        const [kept = null] = await linkedRecords(database, [{ organisationId, integration: id, leftId }]);
        await keep(integration, leftId, sentText(withSent(sentIn(kept), draft)));
      });
    },

    /** Where a mail was logged by itself, of whoever's mailbox. @param known what it is known by, or its bare id. */
    async logged(organisationId: string, known: string): Promise<FollowedLog[]> {
      const rows = (await integrationsOf(database, organisationId)).filter((row) => row.flow === flow?.id);
      if (rows.length === 0) return [];
      const leftId = loggedLink(createHash('sha256').update(known).digest('hex'));
      const [links, names] = await Promise.all([
        linkedRecords(
          database,
          rows.map(({ id: integration }) => ({ organisationId, integration, leftId })),
        ),
        userNames(database, organisationId),
      ]);
      return links.flatMap((kept, index) => {
        if (kept === null) return [];
        const { at, records } = JSON.parse(kept) as Remembered;
        const by = names.get(rows[index]?.owner ?? '') ?? null;
        return records.map(({ module, id, name, crmId }) => ({
          ...{ module, recordId: id, recordName: name, run: null, state: 'done' as const },
          ...{ summary: null, error: null, at: new Date(at), by, crmId },
        }));
      });
    },
  };
}
