import type { Sentence } from '../../core/sentence.ts';
import type { FieldKind } from '../../core/sync-object.ts';

/** A module of people, as syncs see it. */
export interface PersonModule {
  readonly apiName: 'Contacts' | 'Leads';
  readonly objectId: string;
  readonly titles: Sentence;
  /** The lookup that holds the person's account, where it is one. */
  readonly account: string | null;
  /** The field of the company's name. */
  readonly company: string;
  /** What fields mean, where their data type does not say. */
  readonly kinds: Readonly<Record<string, FieldKind>>;
}

/** The one field of a person's two names: its parts are what is read and written. */
export const NAME = 'Full_Name';

export const CONTACTS: PersonModule = {
  apiName: 'Contacts',
  objectId: 'zohoCrm.contacts',
  titles: { en: 'CRM contacts', fr: 'Contacts du CRM' },
  account: 'Account_Name',
  company: 'Account_Name',
  kinds: { Full_Name: 'name', Account_Name: 'company', Email_Opt_Out: 'consent' },
};

export const LEADS: PersonModule = {
  apiName: 'Leads',
  objectId: 'zohoCrm.leads',
  titles: { en: 'CRM leads', fr: 'Prospects du CRM' },
  account: null,
  company: 'Company',
  kinds: { Full_Name: 'name', Company: 'company', Email_Opt_Out: 'consent' },
};

/** Titles of the usual fields in both languages; others have the label that the organisation gave them. */
export const FIELD_TITLES: Readonly<Record<string, Sentence>> = {
  Full_Name: { en: 'Name', fr: 'Nom' },
  First_Name: { en: 'First name', fr: 'Prénom' },
  Last_Name: { en: 'Last name', fr: 'Nom de famille' },
  Email: { en: 'E-mail', fr: 'E-mail' },
  Secondary_Email: { en: 'Second e-mail', fr: 'Second e-mail' },
  Phone: { en: 'Phone', fr: 'Téléphone' },
  Mobile: { en: 'Mobile', fr: 'Mobile' },
  Account_Name: { en: 'Account', fr: 'Compte' },
  Company: { en: 'Company', fr: 'Société' },
  Title: { en: 'Job title', fr: 'Fonction' },
  Designation: { en: 'Job title', fr: 'Fonction' },
  Department: { en: 'Department', fr: 'Service' },
  Mailing_Street: { en: 'Mailing street', fr: 'Rue (envoi)' },
  Mailing_City: { en: 'Mailing city', fr: 'Ville (envoi)' },
  Mailing_State: { en: 'Mailing state', fr: 'Région (envoi)' },
  Mailing_Zip: { en: 'Mailing postcode', fr: 'Code postal (envoi)' },
  Mailing_Country: { en: 'Mailing country', fr: 'Pays (envoi)' },
  Description: { en: 'Description', fr: 'Description' },
  Lead_Source: { en: 'Lead source', fr: 'Origine du prospect' },
  Email_Opt_Out: { en: 'Opted out of e-mail', fr: 'Désinscrit des e-mails' },
  Date_of_Birth: { en: 'Date of birth', fr: 'Date de naissance' },
  Owner: { en: 'Owner', fr: 'Propriétaire' },
};
