import type { Request } from 'express';
import { users } from '../company/index.ts';
import type { CompanyUser } from '../company/types.ts';
import type { VendorDesk } from '../core/simulator.ts';
import { people } from '../zoho-crm/people.ts';
import { userLocalesOf } from '../zoho-crm/user-locales.ts';

/** Who looks at the CRM's pages in this browser. */
export interface CrmUser {
  /** The company's key: `claire`. */
  readonly key: string;
  /** The CRM's id. */
  readonly id: string;
  readonly name: string;
  readonly role: CompanyUser['role'];
  readonly job: string;
  /** `fr_FR`, as the user set it; null: not yet. */
  readonly locale: string | null;
}

const COOKIE = 'crm_user';
export const LOCALES = { en: 'en_GB', fr: 'fr_FR' } as const;

/** Everyone who could be signed in, the sales rep first. */
export function crmUsers(desk: VendorDesk): CrmUser[] {
  const locales = userLocalesOf(desk);
  return users.flatMap(({ key, role, job }) => {
    const person = people.find((one) => one.key === key);
    if (!person) return [];
    return [{ key, id: person.id, name: person.name, role, job, locale: locales.chosen(person.id) }];
  });
}

/** The user whom the browser chose, else the first. */
export function userOf(desk: VendorDesk, request: Request): CrmUser {
  const chosen = new RegExp(`(?:^|;\\s*)${COOKIE}=(\\w+)`).exec(request.headers.cookie ?? '')?.[1];
  const all = crmUsers(desk);
  const found = all.find(({ key }) => key === chosen) ?? all[0];
  if (!found) throw new Error('The company has no users.');
  return found;
}

/** The cookie that makes a browser this user's. */
export const cookieOf = (user: CrmUser): string => `${COOKIE}=${user.key}; Path=/; HttpOnly; SameSite=Lax`;
