import { join } from 'node:path';
import { createTestDatabase } from '../postgres/test-database.ts';
import { openCrm } from './crm-program.ts';
import { json, newPlace, play, removePlace, startLiaison } from './liaison-process.ts';
import { systemSync } from './syncs.ts';

/** A member as the simulator keeps it. */
export interface Member {
  readonly contactId: string;
  readonly email: string;
  readonly status: 'subscribed' | 'unsubscribed' | 'cleaned' | 'pending' | 'transactional';
  readonly archived: boolean;
  readonly mergeValues: Readonly<Record<string, string>>;
  readonly tags: readonly number[];
  readonly lastChanged: string;
}

interface State {
  readonly tables: {
    readonly members: Member[];
    readonly tags?: { readonly id: number; readonly name: string }[];
  };
}

/** Mailchimp's side of a running sandbox: its members, and what people do there. */
export function mailchimpWorld(sandboxUrl: string) {
  const state = () => json<State>(`${sandboxUrl}/_sandbox/state/mailchimp`);
  return {
    members: async () => (await state()).tables.members,
    async member(email: string): Promise<Member | undefined> {
      return (await state()).tables.members.find((one) => one.email === email);
    },
    /** The names of a member's tags. */
    async tagsOf(email: string): Promise<string[]> {
      const { members, tags = [] } = (await state()).tables;
      const held = new Set(members.find((one) => one.email === email)?.tags);
      return tags.flatMap(({ id, name }) => (held.has(id) ? [name] : [])).sort();
    },
    act: (act: string, wish: object) =>
      json<Record<string, unknown>>(`${sandboxUrl}/_sandbox/acts/mailchimp`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ act, ...wish }),
      }),
    play: (scenario: string, parameters: object = {}) => play(sandboxUrl, scenario, parameters),
  };
}

/** A whole server with the sync of its Mailchimp audience at hand, and both sides as people use them. */
export async function openMailchimpServer() {
  const database = await createTestDatabase();
  const place = await newPlace({ DATABASE_URL: database.connectionString });
  /** Where the sandbox writes down what it was asked. */
  const record = place.environment.SANDBOX_RECORD ?? join(place.folder, 'exchanges.ndjson');
  const liaison = await startLiaison(place, {
    SANDBOX_RECORD: record,
    // A look at subscriptions and names by the clock is no cost of what a test does.
    LIAISON_LOOK_SECONDS: '86400',
  });
  const sync = await systemSync(database.connectionString, 'mailchimp-crm');
  return {
    record,
    liaison,
    sync,
    crm: await openCrm(liaison.sandboxUrl),
    mailchimp: mailchimpWorld(liaison.sandboxUrl),
    async close(): Promise<void> {
      await sync.close();
      await liaison.stop();
      await removePlace(place);
      await database.drop();
    },
  };
}

export type MailchimpServer = Awaited<ReturnType<typeof openMailchimpServer>>;
