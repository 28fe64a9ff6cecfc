import { json, play } from './liaison-process.ts';

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
