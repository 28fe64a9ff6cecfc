import type { SyncField } from '../../core/sync-object.ts';

/** Fields that every CRM has of people, as it labels them in both languages. */
export const USUAL_FIELDS: readonly Pick<SyncField, 'id' | 'titles'>[] = [
  { id: 'Full_Name', titles: { en: 'Full name', fr: 'Nom complet' } },
  { id: 'First_Name', titles: { en: 'First name', fr: 'Prénom' } },
  { id: 'Last_Name', titles: { en: 'Last name', fr: 'Nom' } },
  { id: 'Email', titles: { en: 'E-mail', fr: 'E-mail' } },
  { id: 'Phone', titles: { en: 'Phone', fr: 'Téléphone' } },
  { id: 'Mobile', titles: { en: 'Mobile', fr: 'Mobile' } },
  { id: 'Account_Name', titles: { en: 'Account', fr: 'Compte' } },
  { id: 'Company', titles: { en: 'Company', fr: 'Société' } },
  { id: 'Title', titles: { en: 'Job title', fr: 'Fonction' } },
  { id: 'Lead_Source', titles: { en: 'Source', fr: 'Source' } },
  { id: 'Email_Opt_Out', titles: { en: 'No e-mail wanted', fr: 'Refuse les e-mails' } },
  { id: 'Description', titles: { en: 'Description', fr: 'Description' } },
];
