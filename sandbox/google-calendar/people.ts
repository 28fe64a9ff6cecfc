import { users } from '../company/index.ts';

/** Names of the company's own people, by e-mail address. */
export const people: ReadonlyMap<string, string> = new Map(
  users.map(({ email, firstName, lastName }) => [email, `${firstName} ${lastName}`]),
);
