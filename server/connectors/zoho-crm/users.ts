import { z } from 'zod';
import { readAnswer } from '../../core/read-answer.ts';
import type { StaffDeclaration, StaffMember } from '../../core/staff.ts';
import type { SideRecord } from '../../core/sync-object.ts';
import type { ZohoApi } from '../families/zoho/request.ts';
import { coqlText } from './coql.ts';
import { VENDOR } from './failures.ts';
import { roleOfProfile } from './profile.ts';

export interface CrmUser {
  readonly id: string;
  readonly name: string;
}

const PAGE = 200;
/** Bounds the walk: 2,000 users. */
const MOST_PAGES = 10;

const usersSchema = z.object({
  users: z.array(
    z.object({
      id: z.string(),
      full_name: z.string().nullish(),
      email: z.string().nullish(),
      status: z.string().nullish(),
      profile: z.object({ name: z.string() }).nullish(),
    }),
  ),
  info: z.object({ more_records: z.boolean() }).nullish(),
});
type UserAnswer = z.output<typeof usersSchema>['users'][number];

/** https://www.zoho.com/crm/developer/docs/api/v8/get-users.html: `active`, `inactive`, `deleted`. */
const memberOf = ({ id, full_name, email, status, profile }: UserAnswer): StaffMember => ({
  id,
  name: full_name ?? email ?? id,
  email: email ?? null,
  active: status == null || status === 'active',
  role: profile == null ? null : roleOfProfile(profile.name),
});

export function userCalls(api: ZohoApi) {
  async function usersOf(type: 'ActiveUsers' | 'AllUsers'): Promise<UserAnswer[]> {
    const found: UserAnswer[] = [];
    for (let page = 1; page <= MOST_PAGES; page += 1) {
      const { body } = await api({ path: '/crm/v8/users', query: { type, per_page: PAGE, page } });
      if (body === null) break;
      const { users, info } = readAnswer(usersSchema, body, VENDOR);
      found.push(...users);
      if (info?.more_records !== true) break;
    }
    return found;
  }

  return {
    /** Users who may be given records, by name. */
    async activeUsers(): Promise<CrmUser[]> {
      const found = (await usersOf('ActiveUsers')).map(memberOf);
      return found
        .map(({ id, name }) => ({ id, name }))
        .sort((left, right) => left.name.localeCompare(right.name));
    },

    /** Every user, active or not; one call for each two hundred. */
    allUsers: async (): Promise<StaffMember[]> => (await usersOf('AllUsers')).map(memberOf),

    /** Null: there is none of this id. */
    async userById(id: string): Promise<StaffMember | null> {
      const { body } = await api({ path: `/crm/v8/users/${encodeURIComponent(id)}` });
      if (body === null) return null;
      const [user] = readAnswer(usersSchema, body, VENDOR).users;
      return user === undefined ? null : memberOf(user);
    },
  };
}

/** Whom records that are made are to belong to; absent: whose token it is. */
export const OWNER = 'owner';

/** Names the owner of a record that is made. */
export const owned = (options: Readonly<Record<string, unknown>>): { Owner?: { id: string } } => {
  const id = options[OWNER];
  return typeof id === 'string' ? { Owner: { id } } : {};
};

/** The records that one person's own sync may count: theirs; null: all. */
export function theirs(options: Readonly<Record<string, unknown>>) {
  const id = options[OWNER];
  if (typeof id !== 'string') return null;
  return {
    coql: `Owner = ${coqlText(id)}`,
    holds: ({ Owner }: Readonly<Record<string, unknown>>) => isOwner(Owner, id),
    fields: ['Owner'],
  };
}

const isOwner = (owner: unknown, id: string): boolean =>
  (owner as { id?: unknown } | null | undefined)?.id === id;

/** A record as one person's own sync is told of it: of one that is not theirs, nothing but that it is there. */
export function asTheirs(
  record: SideRecord,
  owner: unknown,
  options: Readonly<Record<string, unknown>>,
): SideRecord {
  const id = options[OWNER];
  if (typeof id !== 'string' || isOwner(owner, id)) return record;
  return { id: record.id, version: record.version, values: {}, label: '', excluded: NOT_THEIRS };
}

const NOT_THEIRS = {
  en: 'The record belongs to somebody else in the CRM.',
  fr: 'La fiche appartient à quelqu’un d’autre dans le CRM.',
};

export const staff: StaffDeclaration<ReturnType<typeof userCalls>> = {
  all: (client) => client.allUsers(),
  one: (client, id) => client.userById(id),
  ownerOption: OWNER,
};
