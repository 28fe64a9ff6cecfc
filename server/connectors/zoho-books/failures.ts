import { financeFailures } from '../families/zoho/finance-failures.ts';

export const VENDOR = 'Zoho Books';

/** The name of a customer is unique in Zoho Books. */
export const NAME_TAKEN = 3062;

export const classify = financeFailures(VENDOR, {
  codes: {
    // Of a document whose number Liaison makes: an attempt whose answer was lost made it, and lists show it soon.
    1001: { kind: 'conflict' },
    [NAME_TAKEN]: {
      kind: 'rejected',
      sentence: {
        en: 'Zoho Books already has a customer of this name. Give it the payer’s e-mail address there, or rename it, then retry.',
        fr: 'Zoho Books a déjà un client de ce nom. Donnez-lui l’adresse e-mail du payeur, ou renommez-le, puis relancez.',
      },
    },
  },
  details: (code) => (code === NAME_TAKEN ? { field: 'contact_name' } : {}),
});
