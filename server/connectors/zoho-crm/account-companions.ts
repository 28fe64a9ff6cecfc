import { LiaisonError } from '../../core/errors.ts';
import type { Companion, Companions, Found, Made } from '../../core/sync/companions.ts';
import { companyName } from '../../core/sync/company.ts';
import { unusedAccounts } from './account-uses.ts';
import { type Account, forgetAccounts, makeAccounts, resolveAccounts } from './accounts.ts';
import type { ZohoCrmClient } from './client.ts';
import { inTab } from './objects.ts';
import { owned } from './users.ts';

const companionOf = ({ id, name, modified }: Account): Companion => ({ id, name, version: modified });

/** The accounts of contacts' companies: found by name, made with the option `createAccounts`. */
export const accountCompanions: Companions<ZohoCrmClient> = {
  titles: { en: 'CRM accounts', fr: 'Comptes du CRM' },
  field: 'Account_Name',
  wanted: (values, { createAccounts }) => (createAccounts === true ? companyName(values.Account_Name) : null),
  key: (name) => (companyName(name) ?? name).toLowerCase(),

  async find(client, names) {
    const accounts = await resolveAccounts(client, names);
    return names.map((name): Found => {
      const account = accounts.get(accountCompanions.key(name)) ?? null;
      if (account instanceof LiaisonError) return { kind: 'several' };
      if (account !== null) return { kind: 'one', companion: companionOf(account) };
      return { kind: 'none' };
    });
  },

  async make(client, names, options = {}) {
    const made = await makeAccounts(client, names, owned(options));
    return made.map(
      (one): Made =>
        one instanceof LiaisonError ? { ok: false, error: one } : { ok: true, companion: companionOf(one) },
    );
  },

  async remove(client, made) {
    const standing = await unusedAccounts(client, made);
    const ids = made.map(({ id }) => id).filter((id) => standing.get(id) === 'unused');
    const removals = await client.remove('Accounts', ids);
    forgetAccounts(client);
    return made.map(({ id }) => {
      const why = standing.get(id) ?? null;
      if (why === null) return null;
      if (why !== 'unused') return why;
      const removal = removals[ids.indexOf(id)];
      return removal === undefined || removal.ok ? null : removal.error.details.sentence;
    });
  },

  url: inTab('Accounts'),
};
