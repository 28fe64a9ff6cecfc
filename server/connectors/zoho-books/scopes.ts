import type { OAuthAuthorisation } from '../../core/connector.ts';

/** What the connector uses, and why: shown before an admin consents. */
export const scopes: OAuthAuthorisation['scopes'] = [
  {
    scope: 'ZohoBooks.contacts.READ',
    reason: { en: 'Find a customer by e-mail address.', fr: 'Retrouver un client par son adresse e-mail.' },
  },
  {
    scope: 'ZohoBooks.contacts.CREATE',
    reason: { en: 'Create a customer who is new.', fr: 'Créer un client qui est nouveau.' },
  },
  {
    scope: 'ZohoBooks.invoices.READ',
    reason: {
      en: 'See whether a payment was invoiced already.',
      fr: 'Voir si un paiement a déjà été facturé.',
    },
  },
  {
    scope: 'ZohoBooks.invoices.CREATE',
    reason: {
      en: 'Create the invoice of a payment and note refunds on it.',
      fr: 'Créer la facture d’un paiement et y noter les remboursements.',
    },
  },
  {
    scope: 'ZohoBooks.invoices.UPDATE',
    reason: {
      en: 'Change the recurring invoice of a subscription, where the settings say so.',
      fr: 'Modifier la facture récurrente d’un abonnement, si les réglages le disent.',
    },
  },
  {
    scope: 'ZohoBooks.customerpayments.READ',
    reason: {
      en: 'See whether a payment was recorded already.',
      fr: 'Voir si un paiement a déjà été enregistré.',
    },
  },
  {
    scope: 'ZohoBooks.customerpayments.CREATE',
    reason: { en: 'Record a payment.', fr: 'Enregistrer un paiement.' },
  },
  {
    scope: 'ZohoBooks.customerpayments.UPDATE',
    reason: {
      en: 'Add a fee to a payment once it is known, where the settings say so.',
      fr: 'Ajouter des frais à un paiement dès qu’ils sont connus, si les réglages le disent.',
    },
  },
  {
    scope: 'ZohoBooks.expenses.READ',
    reason: { en: 'See whether a fee was recorded already.', fr: 'Voir si des frais sont déjà enregistrés.' },
  },
  {
    scope: 'ZohoBooks.expenses.CREATE',
    reason: {
      en: 'Record a fee as an expense, where the settings say so.',
      fr: 'Enregistrer des frais comme dépense, si les réglages le disent.',
    },
  },
  {
    scope: 'ZohoBooks.banking.READ',
    reason: {
      en: 'See whether a payout, or money of a dispute, was recorded already.',
      fr: 'Voir si un virement, ou l’argent d’un litige, est déjà enregistré.',
    },
  },
  {
    scope: 'ZohoBooks.banking.CREATE',
    reason: {
      en: 'Record a payout as a transfer to the bank, and disputed money as one between accounts, where the settings say so.',
      fr: 'Enregistrer un virement vers la banque, et l’argent contesté d’un compte à l’autre, si les réglages le disent.',
    },
  },
  {
    scope: 'ZohoBooks.creditnotes.READ',
    reason: {
      en: 'See whether a refund became a credit note already.',
      fr: 'Voir si un remboursement est déjà devenu un avoir.',
    },
  },
  {
    scope: 'ZohoBooks.creditnotes.CREATE',
    reason: {
      en: 'Make the credit note of a refund and record what went back, where the settings say so.',
      fr: 'Faire l’avoir d’un remboursement et enregistrer ce qui est reparti, si les réglages le disent.',
    },
  },
  {
    scope: 'ZohoBooks.creditnotes.DELETE',
    reason: {
      en: 'Take back the record of a refund that failed in the end.',
      fr: 'Retirer l’enregistrement d’un remboursement qui a finalement échoué.',
    },
  },
  {
    scope: 'ZohoBooks.accountants.READ',
    reason: {
      en: 'List the accounts that settings are chosen from.',
      fr: 'Lister les comptes parmi lesquels choisir dans les réglages.',
    },
  },
  {
    scope: 'ZohoBooks.settings.READ',
    reason: {
      en: 'Read the organisation and its currencies.',
      fr: 'Lire l’organisation et ses devises.',
    },
  },
];
