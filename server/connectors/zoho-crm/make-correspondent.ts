import { LiaisonError } from '../../core/errors.ts';
import type { CorrespondentsDeclaration, MadePerson } from '../../core/mail/correspondents.ts';
import { type Account, companyKey, makeAccounts, resolveAccounts } from './accounts.ts';
import type { ZohoCrmClient } from './client.ts';
import { inTab } from './objects.ts';
import { owned } from './users.ts';

type Make = CorrespondentsDeclaration<ZohoCrmClient>['make'];

/** Makes a lead, or a contact with the account of its company: the one of this name, or a new one. */
export const makeCorrespondent: Make = async (client, person, account) => {
  const { module, firstName, lastName, email, phone, company } = person;
  const owner = owned(person.owner === null ? {} : { owner: person.owner });
  const found = module === 'Contacts' && company !== '' ? await accountOf(client, company, owner) : null;
  const values = {
    ...owner,
    ...(firstName === '' ? {} : { First_Name: firstName }),
    Last_Name: lastName,
    Email: email,
    ...(phone === '' ? {} : { Phone: phone }),
    ...(module === 'Leads' && company !== '' ? { Company: company } : {}),
    ...(found === null ? {} : { Account_Name: { id: found.account.id } }),
  };
  // The organisation's own rules for new leads and contacts are to hold: a person made it.
  const { id } = await client.createOne(module, values, ['workflow', 'approval', 'blueprint']);
  const made: MadePerson = {
    outcome: 'made',
    record: {
      module,
      id,
      name: [firstName, lastName].filter((part) => part !== '').join(' '),
      url: inTab(module)(id, account),
    },
    account:
      found === null
        ? null
        : {
            id: found.account.id,
            name: found.account.name,
            url: inTab('Accounts')(found.account.id, account),
            outcome: found.outcome,
          },
  };
  return made;
};

async function accountOf(
  client: ZohoCrmClient,
  company: string,
  owner: ReturnType<typeof owned>,
): Promise<{ readonly account: Account; readonly outcome: 'made' | 'found' }> {
  const known = (await resolveAccounts(client, [company])).get(companyKey(company) ?? '') ?? null;
  if (known instanceof LiaisonError) throw known;
  if (known !== null) return { account: known, outcome: 'found' };
  const [made] = await makeAccounts(client, [company], owner);
  if (made === undefined) throw new Error('an account was made without an answer');
  if (made instanceof LiaisonError) throw made;
  return { account: made, outcome: 'made' };
}
