import { users } from '../company/index.ts';

export interface UserRef {
  readonly name: string;
  readonly id: string;
  readonly email: string;
}

const USER_IDS = '4876876000000030';

/** The organisation's users; their ids are settings and never change. */
export const people: readonly (UserRef & { readonly key: string })[] = users.map(
  ({ key, firstName, lastName, email }, index) => ({
    key,
    name: `${firstName} ${lastName}`,
    id: `${USER_IDS}${String(index + 1).padStart(3, '0')}`,
    email,
  }),
);

/** By the company's key or the CRM's id; the administrator when neither is known. */
export function userRef(keyOrId: string): UserRef {
  const { name, id, email } =
    people.find((one) => one.key === keyOrId || one.id === keyOrId) ?? (people[1] as UserRef);
  return { name, id, email };
}

export const isUser = (id: string): boolean => people.some((one) => one.id === id);
