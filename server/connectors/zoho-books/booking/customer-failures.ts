import { LiaisonError } from '../../../core/errors.ts';
import type { ClientOf } from '../../../core/flow.ts';
import { zohoBooks } from '../connector.ts';

/** @param sought the e-mail address or the phone number. */
export function ambiguous(sought: string, names: readonly string[]): LiaisonError {
  const list = names.join(', ');
  return new LiaisonError('rejected', {
    field: 'email',
    sentence: {
      en: `Several customers in Zoho Books have ${sought}: ${list}. Merge them, or correct it where it is wrong, then replay.`,
      fr: `Plusieurs clients de Zoho Books ont ${sought}\u00a0: ${list}. Fusionnez-les, ou corrigez-le là où il est faux, puis rejouez.`,
    },
  });
}

const CURRENCY = 'currency ';

/** Whether a currency that runs wait for is in Books by now. */
export async function isInBooks(what: string, { client }: { readonly client: ClientOf }): Promise<boolean> {
  if (!what.startsWith(CURRENCY)) return false;
  const code = what.slice(CURRENCY.length);
  return (await client(zohoBooks).currencies()).some((one) => one.code === code);
}

/** The id by which Books knows a currency. @throws LiaisonError `rejected` where it does not have it. */
export async function currencyIdOf(currency: string, client: ClientOf): Promise<string> {
  const found = (await client(zohoBooks).currencies()).find(({ code }) => code === currency);
  if (found === undefined) throw noCurrency(currency);
  return found.id;
}

function noCurrency(currency: string): LiaisonError {
  return new LiaisonError('rejected', {
    field: 'currency',
    waitsFor: `${CURRENCY}${currency}`,
    sentence: {
      en: `Zoho Books does not know the currency ${currency}. Add it there under Settings, Currencies: what waits for it then goes on by itself.`,
      fr: `Zoho Books ne connaît pas la devise ${currency}. Ajoutez-la dans Paramètres, Devises\u00a0: ce qui l’attend reprend alors tout seul.`,
    },
  });
}

export function notMade(name: string): LiaisonError {
  return new LiaisonError('rejected', {
    field: 'contact_id',
    sentence: {
      en: `Zoho Books answered that it made the customer “${name}”, and does not have it. Create the customer there by hand with the payer’s e-mail address, then replay.`,
      fr: `Zoho Books a répondu avoir créé le client «\u00a0${name}\u00a0», mais ne l’a pas. Créez-y le client à la main avec l’adresse e-mail du payeur, puis rejouez.`,
    },
  });
}
