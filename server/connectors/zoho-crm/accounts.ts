import { asLiaisonError, LiaisonError } from '../../core/errors.ts';
import { canonical } from '../../core/sync/canonical.ts';
import type { FieldValue } from '../../core/sync-object.ts';
import type { ZohoCrmClient } from './client.ts';
import { coqlText, MOST_IN, MOST_ROWS } from './coql.ts';

export interface Account {
  readonly id: string;
  readonly name: string;
}

/** What a company's name stands for: an account, none, or the refusal of one that was to be made. */
export type Resolved = Account | LiaisonError | null;

/** Accounts that one client already found. What is not there is looked for again: it may have been made since. */
const known = new WeakMap<ZohoCrmClient, Map<string, Account>>();

/** One spelling of a company's name: Zoho compares without case. */
export function companyKey(name: FieldValue | undefined): string | null {
  const text = canonical('company', name, '');
  return typeof text === 'string' ? text.toLowerCase() : null;
}

/**
 * Finds the accounts of these companies, 50 in a call, and makes those that are missing, 100 in a call, when
 * told to. Of several accounts of one name the oldest is taken.
 *
 * @returns by `companyKey`.
 */
export async function resolveAccounts(
  client: ZohoCrmClient,
  names: readonly string[],
  create: boolean,
): Promise<ReadonlyMap<string, Resolved>> {
  const found = known.get(client) ?? new Map<string, Account>();
  known.set(client, found);
  const wanted = new Map(
    names.flatMap((name) => {
      const key = companyKey(name);
      return key === null ? [] : [[key, name.trim()] as const];
    }),
  );
  const unknown = [...wanted].filter(([key]) => !found.has(key)).map(([, name]) => name);
  for (let from = 0; from < unknown.length; from += MOST_IN) {
    for (const account of await named(client, unknown.slice(from, from + MOST_IN))) {
      const key = companyKey(account.name);
      if (key !== null && !found.has(key)) found.set(key, account);
    }
  }
  const missing = [...wanted].filter(([key]) => !found.has(key));
  const refused = create ? await make(client, missing, found) : new Map<string, LiaisonError>();
  return new Map([...wanted.keys()].map((key) => [key, found.get(key) ?? refused.get(key) ?? null]));
}

/** Forgets what was found: an account of it is no good any more. */
export const forgetAccounts = (client: ZohoCrmClient): void => void known.delete(client);

async function named(client: ZohoCrmClient, names: readonly string[]): Promise<Account[]> {
  const list = names.map(coqlText).join(', ');
  const { rows } = await client.query(
    `select Account_Name from Accounts where Account_Name in (${list}) order by id asc limit ${MOST_ROWS}`,
  );
  return rows.map((row) => ({ id: row.id, name: String(row.Account_Name ?? '') }));
}

async function make(
  client: ZohoCrmClient,
  missing: readonly (readonly [string, string])[],
  found: Map<string, Account>,
): Promise<Map<string, LiaisonError>> {
  const refused = new Map<string, LiaisonError>();
  if (missing.length === 0) return refused;
  const drafts = missing.map(([, name]) => ({ Account_Name: name }));
  const results = await client.create('Accounts', drafts, []).catch((thrown: unknown) => {
    throw beforeTheWrite(asLiaisonError(thrown));
  });
  missing.forEach(([key, name], index) => {
    const result = results[index];
    if (result?.ok) found.set(key, { id: result.id, name });
    else if (result !== undefined) refused.set(key, result.error);
  });
  return refused;
}

/** The records themselves were not sent yet: only accounts may have been made, and those are found again. */
function beforeTheWrite({ kind, details }: LiaisonError): LiaisonError {
  const { mayHaveHappened: _accountsOnly, ...rest } = details;
  return new LiaisonError(kind, rest);
}
