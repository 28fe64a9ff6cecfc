import type { OAuthAuthorisation } from '../../core/connector.ts';

/** What the connector uses, and why: shown before an admin consents. */
export const scopes: OAuthAuthorisation['scopes'] = [
  {
    scope: 'ZohoCRM.modules.ALL',
    reason: {
      en: 'Read the records that flows work on, create and update them, add notes to them.',
      fr: 'Lire les fiches que traitent les flux, les créer et les mettre à jour, y ajouter des notes.',
    },
  },
  {
    scope: 'ZohoCRM.modules.emails.ALL',
    reason: {
      en: 'Put e-mails on records, and see which are there already.',
      fr: 'Mettre des e-mails sur les fiches, et voir lesquels y sont déjà.',
    },
  },
  {
    scope: 'ZohoCRM.Files.CREATE',
    reason: {
      en: 'Put the attachments of these e-mails beside them.',
      fr: 'Joindre à ces e-mails leurs pièces jointes.',
    },
  },
  {
    scope: 'ZohoCRM.coql.READ',
    reason: {
      en: 'Find what changed since the last look, two thousand records at a time.',
      fr: 'Trouver ce qui a changé depuis le dernier passage, deux mille fiches à la fois.',
    },
  },
  {
    scope: 'ZohoSearch.securesearch.READ',
    reason: {
      en: 'Find a record by its e-mail address before creating another one.',
      fr: 'Retrouver une fiche par son adresse e-mail avant d’en créer une autre.',
    },
  },
  {
    scope: 'ZohoCRM.settings.fields.READ',
    reason: {
      en: 'Offer your own fields in mappings.',
      fr: 'Proposer vos propres champs dans les correspondances.',
    },
  },
  {
    scope: 'ZohoCRM.settings.fields.CREATE',
    reason: {
      en: 'Create the few custom fields that a flow fills, when they are missing.',
      fr: 'Créer les quelques champs personnalisés qu’un flux remplit, s’ils manquent.',
    },
  },
  {
    scope: 'ZohoCRM.settings.workflow_rules.ALL',
    reason: {
      en: 'Install, and remove on disconnection, the workflow rules that call Liaison.',
      fr: 'Installer les règles de workflow qui appellent Liaison, et les retirer à la déconnexion.',
    },
  },
  {
    scope: 'ZohoCRM.settings.automation_actions.ALL',
    reason: {
      en: 'Install the webhook that these rules use.',
      fr: 'Installer le webhook que ces règles utilisent.',
    },
  },
  {
    scope: 'ZohoCRM.notifications.ALL',
    reason: {
      en: 'Be told when records change.',
      fr: 'Être averti quand des fiches changent.',
    },
  },
  {
    scope: 'ZohoCRM.org.READ',
    reason: {
      en: 'Read the organisation’s name, currency, language and time zone.',
      fr: 'Lire le nom, la devise, la langue et le fuseau horaire de l’organisation.',
    },
  },
  {
    scope: 'ZohoCRM.users.READ',
    reason: {
      en: 'Know who connected Liaison, and offer the users whom an alert can be given to.',
      fr: 'Savoir qui a connecté Liaison, et proposer les utilisateurs à qui confier une alerte.',
    },
  },
];
