import type { SideOption } from '../../core/sync-flow.ts';

/** What an admin chooses for the CRM's meetings in a sync. */
export const meetingOptions: readonly SideOption[] = [
  {
    id: 'notify',
    titles: { en: 'The CRM mails the participants', fr: 'Le CRM écrit aux participants' },
    kind: 'boolean',
    fallback: false,
  },
];

/** What an admin chooses for the CRM's contacts in a sync. */
export const contactOptions: readonly SideOption[] = [
  {
    id: 'createAccounts',
    titles: {
      en: 'Create the account of a company that the CRM does not know',
      fr: 'Créer le compte d’une société que le CRM ne connaît pas',
    },
    kind: 'boolean',
    fallback: false,
  },
];
