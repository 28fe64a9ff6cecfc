import { createHash } from 'node:crypto';
import { LiaisonError } from '../../core/errors.ts';
import { failure } from '../../kit/failures.ts';
import { ifGone } from '../../kit/if-gone.ts';
import { memberFailure, VENDOR } from './failures.ts';
import { type MailchimpApi, memberPath, PAGE } from './request.ts';
import { batchSchema, type Member, type MemberStatus, memberSchema, membersSchema } from './shapes.ts';

/** Most members in one call of `upsert`. */
export const BATCH = 500;

const FIELDS = [
  'id',
  'contact_id',
  'email_address',
  'status',
  'full_name',
  'web_id',
  'merge_fields',
  'tags',
  'stats',
  'member_rating',
  'last_changed',
  'unsubscribe_reason',
];
const MEMBER_FIELDS = FIELDS.join(',');
const LIST_FIELDS = [...FIELDS.map((name) => `members.${name}`), 'total_items'].join(',');

export interface MembersWish {
  /** ISO 8601: changed after this moment. */
  readonly sinceLastChanged?: string;
  readonly status?: MemberStatus;
  readonly offset?: number;
  /** At most 1,000, which it is unless given. */
  readonly count?: number;
}

export interface MembersPage {
  readonly members: readonly Member[];
  /** How many the whole list has. */
  readonly total: number;
  /** When it was answered, by Mailchimp's own clock (epoch milliseconds); null when it does not say. */
  readonly at: number | null;
}

/** One member to be made or changed, known by the address. */
export interface MemberWrite {
  readonly email: string;
  /** For members that are not in the audience yet. What is there keeps its status. */
  readonly statusIfNew: Exclude<MemberStatus, 'cleaned' | 'archived'>;
  /** The one status that is ever written to somebody who is there: nobody is subscribed again. */
  readonly unsubscribe?: boolean;
  /** Only those that change; a blank text clears. */
  readonly mergeFields: Readonly<Record<string, unknown>>;
}

export type MemberResult =
  | { readonly ok: true; readonly isNew: boolean; readonly member: Member }
  | { readonly ok: false; readonly error: LiaisonError };

export const hashOf = (email: string): string =>
  createHash('md5').update(email.trim().toLowerCase()).digest('hex');

const addressKey = (email: string): string => email.trim().toLowerCase();

/** What can be asked and told of an audience's members. https://mailchimp.com/developer/marketing/api/list-members/ */
export function memberCalls(api: MailchimpApi) {
  const get = (audience: string, id: string): Promise<Member> =>
    api({ path: memberPath(audience, id), query: { fields: MEMBER_FIELDS } }, memberSchema);

  const known = (audience: string, id: string): Promise<Member | null> =>
    ifGone(() => get(audience, id), null);

  return {
    /** A page, oldest change first. Archived members are in none but the list of those. */
    async listMembers(audience: string, wish: MembersWish = {}): Promise<MembersPage> {
      let at: number | null = null;
      const answer = await api(
        {
          path: `/lists/${encodeURIComponent(audience)}/members`,
          query: {
            count: wish.count ?? PAGE,
            offset: wish.offset ?? 0,
            sort_field: 'last_changed',
            sort_dir: 'ASC',
            since_last_changed: wish.sinceLastChanged,
            status: wish.status,
            fields: LIST_FIELDS,
          },
        },
        membersSchema,
        (moment) => {
          at = moment;
        },
      );
      return { members: answer.members, total: answer.total_items, at };
    },

    /** @param id contact id, or MD5 of the address. Null when the audience has none such. */
    getMember: known,

    /**
     * Makes or changes up to 500 members in one call, known by their addresses: repeating it changes
     * nothing. One result for each, in order; a second one of the same address is refused before it is sent.
     */
    async upsertMembers(audience: string, writes: readonly MemberWrite[]): Promise<MemberResult[]> {
      const first = new Map<string, number>();
      writes.forEach(({ email }, index) => {
        if (!first.has(addressKey(email))) first.set(addressKey(email), index);
      });
      const sent = writes.filter(({ email }, index) => first.get(addressKey(email)) === index);
      const answer = await api(
        {
          method: 'POST',
          path: `/lists/${encodeURIComponent(audience)}`,
          json: { members: sent.map(memberBody), update_existing: true },
        },
        batchSchema,
      );
      const results = new Map<string, MemberResult>();
      for (const error of answer.errors)
        results.set(addressKey(error.email_address), { ok: false, error: memberFailure(error) });
      for (const member of answer.new_members)
        results.set(addressKey(member.email), { ok: true, isNew: true, member });
      for (const member of answer.updated_members)
        results.set(addressKey(member.email), { ok: true, isNew: false, member });
      return writes.map(({ email }, index) =>
        first.get(addressKey(email)) === index
          ? (results.get(addressKey(email)) ?? { ok: false, error: unanswered() })
          : { ok: false, error: sharedAddress() },
      );
    },

    /**
     * Changes one member; the only way to give it another address.
     *
     * @returns the member as Mailchimp holds it now.
     */
    updateMember: (
      audience: string,
      id: string,
      change: { readonly email?: string } & Partial<Pick<MemberWrite, 'mergeFields' | 'unsubscribe'>>,
    ): Promise<Member> =>
      api(
        {
          method: 'PATCH',
          path: memberPath(audience, id),
          json: {
            ...(change.email === undefined ? {} : { email_address: change.email }),
            ...(change.mergeFields === undefined ? {} : { merge_fields: change.mergeFields }),
            ...(change.unsubscribe === true ? { status: 'unsubscribed' } : {}),
          },
        },
        memberSchema,
      ),

    /** Takes a member out of the audience; Mailchimp keeps what it knows of them. Nothing when it is out already. */
    async archiveMember(audience: string, id: string): Promise<void> {
      try {
        await api({ method: 'DELETE', path: memberPath(audience, id) });
      } catch (thrown) {
        if (thrown instanceof LiaisonError && thrown.kind === 'gone') return;
        // Mailchimp says "Method Not Allowed" of those who are archived.
        const member = await known(audience, id);
        if (member !== null && member.status !== 'archived') throw thrown;
      }
    },
  };
}

function memberBody({ email, statusIfNew, unsubscribe, mergeFields }: MemberWrite): object {
  return {
    email_address: email,
    status_if_new: unsubscribe === true ? 'unsubscribed' : statusIfNew,
    ...(unsubscribe === true ? { status: 'unsubscribed' } : {}),
    merge_fields: mergeFields,
  };
}

function sharedAddress(): LiaisonError {
  return new LiaisonError('rejected', {
    field: 'EMAIL',
    sentence: {
      en: 'Two records have this e-mail address, and Mailchimp knows people by theirs. Merge the two, or correct one, then retry.',
      fr: 'Deux fiches ont cette adresse e-mail, et Mailchimp reconnaît les gens à la leur. Fusionnez-les, ou corrigez l’une, puis relancez.',
    },
  });
}

function unanswered(): LiaisonError {
  return failure('unknown', VENDOR, {
    vendorMessage: 'The answer to a batch says nothing of this member.',
    mayHaveHappened: true,
  });
}
