import type { KeyAuthorisation, VendorAccount } from './connector.ts';

/** What a vendor says of the account that a key opens. */
export interface KeyAccount extends VendorAccount {
  /** The vendor does not say whose the key is: `id` tells nothing. */
  readonly isUnsaid?: boolean;
  /** Which of the keys' fields is what people call the account. */
  readonly namedBy?: string;
}

/**
 * The account that a key opens, so that two keys of one account have one id, and those of two accounts never. Where
 * the vendor does not say whose the key is, the key tells it apart; its test data is an account of its own.
 *
 * @param fingerprint what the same key always gives and no other does.
 */
export function accountOfKey(
  { trial }: Pick<KeyAuthorisation, 'trial'>,
  { isUnsaid, namedBy, ...told }: KeyAccount,
  key: {
    readonly secret: string;
    readonly fingerprint: string;
    readonly keys?: Readonly<Record<string, string>>;
  },
): VendorAccount {
  const said = { ...told, name: key.keys?.[namedBy ?? ''] ?? told.name };
  if (isUnsaid === true) return { ...said, id: `key-${key.fingerprint}` };
  if (trial?.test(key.secret) !== true) return said;
  return { ...said, id: `${said.id}:test`, name: `${said.name} (test)` };
}

/**
 * Whether an account was connected before its vendor was asked whose it is: it then bears its connector's own id,
 * and may be any of that vendor's.
 */
export const isNameless = (connector: string, accountId: string): boolean => accountId === connector;
