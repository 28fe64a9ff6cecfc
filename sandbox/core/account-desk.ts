import { AsyncLocalStorage } from 'node:async_hooks';
import type { VendorDesk } from './simulator.ts';

/** One desk for each account, so that what is remembered of a desk is remembered. */
const opened = new WeakMap<VendorDesk, Map<string, VendorDesk>>();

/**
 * A desk whose tables are one account's own, beside those of the vendor's first account, which have the plain
 * names: `contacts`, `contacts of claire.fontaine@atelier-lumen.example`.
 *
 * @param name of the account; null: the first one, whose desk is the vendor's itself.
 */
export function accountDesk(desk: VendorDesk, name: string | null): VendorDesk {
  if (name === null) return desk;
  const made = opened.get(desk) ?? new Map<string, VendorDesk>();
  opened.set(desk, made);
  const own = made.get(name) ?? {
    ...desk,
    table: (table, options) => desk.table(`${table} of ${name}`, options),
  };
  made.set(name, own);
  return own;
}

/** Somebody's account of a vendor's that signs people in. */
interface PersonAccount {
  /** Of the company's user. */
  readonly key: string;
  readonly email: string;
}

/**
 * Accounts that several simulators of a vendor share, and whose turn it is.
 *
 * @param vendor as it stands in sentences.
 * @param all the first one consents where nobody chooses.
 */
export function personAccounts<Account extends PersonAccount>(
  vendor: string,
  all: readonly [Account, ...Account[]],
) {
  const [first] = all;
  const acting = new AsyncLocalStorage<Account>();
  /** The account of a row; of one that names none the first. */
  const keyOf = (key: string | undefined): string => key ?? first.key;
  const findAccount = (key: string | undefined): Account | undefined =>
    all.find((one) => one.key === keyOf(key));

  /** Does something as an account, at a desk with its own tables. Throws a sentence for an unknown one. */
  function asAccount<Result>(
    desk: VendorDesk,
    key: string | undefined,
    work: (own: VendorDesk) => Result,
  ): Result {
    const found = findAccount(key);
    if (found === undefined) throw new Error(`${vendor} has no account called "${key}".`);
    return acting.run(found, () => work(accountDesk(desk, found === first ? null : found.email)));
  }

  return {
    keyOf,
    findAccount,
    asAccount,
    /** Whose request is being answered; the first account where none is. */
    account: (): Account => acting.getStore() ?? first,
    /** Does the same as every account. */
    asEachAccount<Result>(desk: VendorDesk, work: (own: VendorDesk) => Result): Result[] {
      return all.map(({ key }) => asAccount(desk, key, work));
    },
  };
}

/** Which account a wish of the control interface names. */
export const accountIn = ({ account }: Readonly<Record<string, unknown>>): string | undefined =>
  typeof account === 'string' ? account : undefined;
