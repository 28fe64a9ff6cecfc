import { users } from '../company/index.ts';
import { account } from '../microsoft-accounts/account.ts';

/** `GET /me`: who consented. https://learn.microsoft.com/graph/api/user-get */
export function shownUser(select: unknown): object {
  const { key, id, email, givenName, surname } = account();
  const user: Readonly<Record<string, unknown>> = {
    businessPhones: [],
    displayName: `${givenName} ${surname}`,
    givenName,
    jobTitle: users.find((one) => one.key === key)?.job ?? null,
    mail: email,
    mobilePhone: null,
    officeLocation: null,
    preferredLanguage: 'fr-FR',
    surname,
    userPrincipalName: email,
    id,
  };
  const names = typeof select === 'string' ? select.split(',') : Object.keys(user);
  return {
    '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#users/$entity',
    ...Object.fromEntries(names.flatMap((name) => (name in user ? [[name, user[name]]] : []))),
  };
}
