import { users } from '../company/index.ts';

/** Zoho's own id of a user, of all its applications. */
const zuidOf = (key: string): number => 700_110_000 + users.findIndex((user) => user.key === key);

/** `GET /oauth/user/info`. https://www.zoho.com/accounts/protocol/oauth/use-access-token.html */
export function userInfo(key: string): object {
  const user = users.find((one) => one.key === key);
  return {
    First_Name: user?.firstName ?? '',
    Last_Name: user?.lastName ?? '',
    Display_Name: `${user?.firstName} ${user?.lastName}`,
    Email: user?.email ?? '',
    ZUID: zuidOf(key),
  };
}
