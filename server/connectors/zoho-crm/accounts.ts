import { asLiaisonError, LiaisonError } from '../../core/errors.ts';
import { companyName } from '../../core/sync/company.ts';
import type { FieldValue } from '../../core/sync-object.ts';
import type { ZohoCrmClient } from './client.ts';
import { coqlText, MOST_IN, MOST_ROWS } from './coql.ts';
import type { CrmRecord } from './records.ts';
import type { owned } from './users.ts';

export interface Account {
  readonly id: string;
  readonly name: string;
  /** Its modification time as Zoho states it; null where it was not said. */
  readonly modified: string | null;
}

/** What a company's name stands for: an account, none, or why it cannot be told which. */
export type Resolved = Account | LiaisonError | null;

/** Accounts that one client already found. What is not there is looked for again: it may have been made since. */
const known = new WeakMap<ZohoCrmClient, Map<string, Account>>();

/** One spelling of a company's name: Zoho compares without case. */
export const companyKey = (value: FieldValue | undefined): string | null =>
  companyName(value)?.toLowerCase() ?? null;

/**
 * Finds the accounts of these companies, 50 in a call. A name that several accounts have says nothing of
 * which one is meant: nobody guesses.
 *
 * @returns by `companyKey`.
 */
export async function resolveAccounts(
  client: ZohoCrmClient,
  names: readonly FieldValue[],
): Promise<ReadonlyMap<string, Resolved>> {
  const found = known.get(client) ?? new Map<string, Account>();
  known.set(client, found);
  const wanted = new Map(
    names.flatMap((value) => {
      const name = companyName(value);
      return name === null ? [] : [[name.toLowerCase(), name] as const];
    }),
  );
  const several = new Map<string, LiaisonError>();
  const unknown = [...wanted].filter(([key]) => !found.has(key)).map(([, name]) => name);
  for (let from = 0; from < unknown.length; from += MOST_IN) {
    for (const account of await named(client, unknown.slice(from, from + MOST_IN))) {
      const key = companyKey(account.name);
      if (key === null || several.has(key)) continue;
      if (!found.has(key)) found.set(key, account);
      else {
        found.delete(key);
        several.set(key, notOne(account.name));
      }
    }
  }
  return new Map([...wanted.keys()].map((key) => [key, several.get(key) ?? found.get(key) ?? null]));
}

/** Forgets what was found: an account of it is no good any more. */
export const forgetAccounts = (client: ZohoCrmClient): void => void known.delete(client);

async function named(client: ZohoCrmClient, names: readonly string[]): Promise<Account[]> {
  const list = names.map(coqlText).join(', ');
  const { rows } = await client.query(
    `select Account_Name, Modified_Time from Accounts where Account_Name in (${list}) order by id asc limit ${MOST_ROWS}`,
  );
  return rows.map(accountOf);
}

const accountOf = (row: CrmRecord): Account => ({
  id: row.id,
  name: String(row.Account_Name ?? ''),
  modified: typeof row.Modified_Time === 'string' ? row.Modified_Time : null,
});

function notOne(name: string): LiaisonError {
  return new LiaisonError('rejected', {
    field: 'Account_Name',
    sentence: {
      en: `Several accounts of the CRM are called “${name}”. Liaison does not guess which one is meant: merge or rename them, or choose the account of the contact in the CRM, then retry.`,
      fr: `Plusieurs comptes du CRM s’appellent «\u00a0${name}\u00a0». Liaison ne devine pas duquel il s’agit\u00a0: fusionnez-les ou renommez-les, ou choisissez le compte du contact dans le CRM, puis relancez.`,
    },
  });
}

/** Makes accounts of these names, 100 in a call; one outcome for each, in order. @param owner absent: whose token it is. */
export async function makeAccounts(
  client: ZohoCrmClient,
  names: readonly string[],
  owner: ReturnType<typeof owned> = {},
): Promise<(Account | LiaisonError)[]> {
  if (names.length === 0) return [];
  const drafts = names.map((name) => ({ ...owner, Account_Name: name }));
  const results = await client.create('Accounts', drafts, []);
  const found = known.get(client) ?? new Map<string, Account>();
  known.set(client, found);
  return names.map((name, index) => {
    const result = results[index];
    if (result === undefined) throw asLiaisonError(new Error('an account was made without an answer'));
    if (!result.ok) return result.error;
    const account = { id: result.id, name, modified: result.modifiedTime };
    found.set(name.toLowerCase(), account);
    return account;
  });
}
