/** What a sync shows of a scenario, by what changed. */
const SHOWN = {
  optOut: {
    sync: { en: 'Audience: Mailchimp ↔ CRM', fr: 'Audience\u00a0: Mailchimp ↔ CRM' },
    en: 'The contact is opted out in the CRM, and the run is in the log,',
    fr: 'Le contact est désabonné dans le CRM, et l’exécution est dans le journal,',
  },
  activity: {
    sync: { en: 'Audience: Mailchimp ↔ CRM', fr: 'Audience\u00a0: Mailchimp ↔ CRM' },
    en: 'Opens and clicks come into the contact’s fields that its settings name, at its next reading,',
    fr: 'Ouvertures et clics arrivent dans les champs du contact choisis dans ses réglages, à la prochaine lecture,',
  },
  listOptOut: {
    sync: { en: 'Newsletter ↔ CRM', fr: 'Lettre d’information ↔ CRM' },
    en: 'The person is opted out in the CRM at the next reading, and the run is in the log,',
    fr: 'La personne est désabonnée dans le CRM à la prochaine lecture, et l’exécution est dans le journal,',
  },
  listActivity: {
    sync: { en: 'Newsletter ↔ CRM', fr: 'Lettre d’information ↔ CRM' },
    en: 'It stands in the card “Zoho Campaigns” beside the person’s record at once, and in the fields that the settings name',
    fr: 'Cela figure aussitôt dans la carte « Zoho Campaigns » à côté de la fiche, et dans les champs choisis dans les réglages',
  },
  meetings: {
    sync: { en: 'Calendar: Google ↔ CRM', fr: 'Agenda\u00a0: Google ↔ CRM' },
    en: 'The meeting follows in the CRM, and the run is in the log,',
    fr: 'La réunion suit dans le CRM, et l’exécution est dans le journal,',
  },
  contacts: {
    sync: { en: 'Contacts: Google ↔ CRM', fr: 'Contacts\u00a0: Google ↔ CRM' },
    en: 'The contact follows in the CRM, and the run is in the log,',
    fr: 'Le contact suit dans le CRM, et l’exécution est dans le journal,',
  },
  products: {
    sync: { en: 'Products: shop ↔ Inventory', fr: 'Produits\u00a0: boutique ↔ Inventory' },
    en: 'An item of the same SKU, price without tax and stock is made in Zoho Inventory, at the next reading,',
    fr: 'Un article de même référence, prix hors taxe et stock est créé dans Zoho Inventory, à la prochaine lecture,',
  },
  outlookContacts: {
    sync: { en: 'Contacts: Outlook ↔ CRM', fr: 'Contacts\u00a0: Outlook ↔ CRM' },
    en: 'The contact follows in the CRM, and the run is in the log,',
    fr: 'Le contact suit dans le CRM, et l’exécution est dans le journal,',
  },
  outlookMeetings: {
    sync: { en: 'Calendar: Outlook ↔ CRM', fr: 'Agenda\u00a0: Outlook ↔ CRM' },
    en: 'The meeting follows in the CRM, and the run is in the log,',
    fr: 'La réunion suit dans le CRM, et l’exécution est dans le journal,',
  },
} as const;

/** Says what comes of a scenario in Liaison, that it needs a sync, and how that is turned on. */
export function afterSync(what: keyof typeof SHOWN): { readonly en: string; readonly fr: string } {
  const { sync, en, fr } = SHOWN[what];
  return {
    en: `${en} once the sync “${sync.en}” is on. While it is off nothing shows in Liaison: turn it on in Settings, Syncs.`,
    fr: `${fr} une fois la synchro « ${sync.fr} » active. Tant qu’elle ne l’est pas, rien n’apparaît dans Liaison : activez-la dans Réglages, Synchros.`,
  };
}
