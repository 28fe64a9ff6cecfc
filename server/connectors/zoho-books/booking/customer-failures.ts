import { LiaisonError } from '../../../core/errors.ts';

export function ambiguous(email: string, names: readonly string[]): LiaisonError {
  const list = names.join(', ');
  return new LiaisonError('rejected', {
    field: 'email',
    sentence: {
      en: `Several customers in Zoho Books have the address ${email}: ${list}. Merge them or correct the address, then replay.`,
      fr: `Plusieurs clients de Zoho Books ont l’adresse ${email} : ${list}. Fusionnez-les ou corrigez l’adresse, puis rejouez.`,
    },
  });
}

export function noCurrency(currency: string): LiaisonError {
  return new LiaisonError('rejected', {
    field: 'currency',
    sentence: {
      en: `Zoho Books does not know the currency ${currency}. Add it under Settings, Currencies, then replay.`,
      fr: `Zoho Books ne connaît pas la devise ${currency}. Ajoutez-la dans Paramètres, Devises, puis rejouez.`,
    },
  });
}

export function notMade(name: string): LiaisonError {
  return new LiaisonError('rejected', {
    field: 'contact_id',
    sentence: {
      en: `Zoho Books answered that it made the customer “${name}”, and does not have it. Create the customer there by hand with the payer’s e-mail address, then replay.`,
      fr: `Zoho Books a répondu avoir créé le client « ${name} », mais ne l’a pas. Créez-y le client à la main avec l’adresse e-mail du payeur, puis rejouez.`,
    },
  });
}
