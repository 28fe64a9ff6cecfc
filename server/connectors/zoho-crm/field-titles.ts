import type { Sentence } from '../../core/sentence.ts';
import { FIELD_TITLES as PERSON_TITLES } from './person-modules.ts';

/** Fields of every CRM, as it labels them in both languages; others have the label that the organisation gave them. */
export const FIELD_TITLES: Readonly<Record<string, Sentence>> = {
  ...PERSON_TITLES,
  Deal_Name: { en: 'Deal name', fr: 'Nom de l’affaire' },
  Amount: { en: 'Amount', fr: 'Montant' },
  Closing_Date: { en: 'Closing date', fr: 'Date de clôture' },
  Stage: { en: 'Stage', fr: 'Étape' },
  Contact_Name: { en: 'Contact', fr: 'Contact' },
  Currency: { en: 'Currency', fr: 'Devise' },
  Lead_Status: { en: 'Lead status', fr: 'Statut du prospect' },
  Website: { en: 'Website', fr: 'Site web' },
  Annual_Revenue: { en: 'Annual revenue', fr: 'Chiffre d’affaires annuel' },
  Fax: { en: 'Fax', fr: 'Fax' },
  Tag: { en: 'Tags', fr: 'Tags' },
  Event_Title: { en: 'Title', fr: 'Titre' },
  Start_DateTime: { en: 'From', fr: 'Début' },
  End_DateTime: { en: 'To', fr: 'Fin' },
  Venue: { en: 'Location', fr: 'Lieu' },
  Participants: { en: 'Participants', fr: 'Participants' },
  Subject: { en: 'Subject', fr: 'Objet' },
  Due_Date: { en: 'Due date', fr: 'Échéance' },
  Note_Title: { en: 'Note title', fr: 'Titre de la note' },
  Note_Content: { en: 'Note', fr: 'Note' },
};
