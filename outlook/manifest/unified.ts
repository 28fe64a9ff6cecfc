import type { Language } from '../../server/core/sentence.ts';
import { ON_SEND } from '../send/name.ts';
import { type Addin, MANIFEST_VERSION, NEEDED_MAILBOX, SEND_MAILBOX } from './addin.ts';
import { MANIFEST_TEXTS as TEXTS } from './texts.ts';

/** The newest version that every Outlook of Microsoft 365 takes. */
const SCHEMA = 'https://developer.microsoft.com/json-schemas/teams/v1.19';

/** The files that the package holds beside the pictures. */
export const LANGUAGE_FILE = 'fr.json';

/** https://learn.microsoft.com/microsoft-365/extensibility/schema/ */
export function unifiedManifest(addin: Addin) {
  return {
    $schema: `${SCHEMA}/MicrosoftTeams.schema.json`,
    manifestVersion: '1.19',
    id: addin.unifiedId,
    version: MANIFEST_VERSION,
    name: { short: TEXTS.name.en, full: TEXTS.fullName.en },
    description: { short: TEXTS.short.en, full: TEXTS.full.en },
    // Whoever runs the server answers for it.
    developer: {
      name: 'Liaison',
      websiteUrl: `${addin.publicUrl}/`,
      privacyUrl: `${addin.publicUrl}/`,
      termsOfUseUrl: `${addin.publicUrl}/`,
    },
    icons: { color: 'color.png', outline: 'outline.png' },
    accentColor: '#4256C5',
    localizationInfo: {
      defaultLanguageTag: 'en',
      additionalLanguages: [{ languageTag: 'fr', file: LANGUAGE_FILE }],
    },
    authorization: {
      permissions: {
        resourceSpecific: [
          // The open item, and no other of the mailbox; written to where a contact is inserted.
          { name: 'MailboxItem.ReadWrite.User', type: 'Delegated' },
          { name: 'Mailbox.SharedFolder', type: 'Delegated' },
        ],
      },
    },
    validDomains: [addin.host, ...addin.signInOrigins.map((origin) => new URL(origin).host)],
    extensions: [
      {
        requirements: {
          scopes: ['mail'],
          formFactors: ['desktop'],
          capabilities: [{ name: 'Mailbox', minVersion: NEEDED_MAILBOX }],
        },
        runtimes: [
          {
            id: 'pane',
            type: 'general',
            code: { page: addin.pane },
            lifetime: 'short',
            actions: [{ id: 'openPane', type: 'openPage', view: 'pane', pinnable: true }],
          },
          {
            id: 'send',
            type: 'general',
            requirements: { capabilities: [{ name: 'Mailbox', minVersion: SEND_MAILBOX }] },
            code: { page: addin.send },
            lifetime: 'short',
            actions: [{ id: ON_SEND, type: 'executeFunction' }],
          },
        ],
        ribbons: [
          {
            contexts: ['mailRead', 'mailCompose'],
            tabs: [{ builtInTabId: 'TabDefault', groups: [group(addin)] }],
          },
        ],
        autoRunEvents: [
          {
            requirements: { capabilities: [{ name: 'Mailbox', minVersion: SEND_MAILBOX }] },
            // Whoever may not log a mail may send it all the same.
            events: [{ type: 'messageSending', actionId: ON_SEND, options: { sendMode: 'promptUser' } }],
          },
        ],
        // Where both are deployed, one button is enough.
        alternates: [{ hide: { customOfficeAddin: { officeAddinId: addin.xmlId } } }],
      },
    ],
  };
}

function group(addin: Addin) {
  const icons = ([16, 32, 80] as const).map((size) => ({ size, url: addin.icon(size) }));
  return {
    id: 'liaisonGroup',
    label: TEXTS.group.en,
    icons,
    controls: [
      {
        id: 'liaisonButton',
        type: 'button',
        label: TEXTS.button.en,
        icons,
        supertip: { title: TEXTS.tipTitle.en, description: TEXTS.tip.en },
        actionId: 'openPane',
      },
    ],
  };
}

/** The manifest's texts in another language, by their places in it. */
export function unifiedTexts(language: Language) {
  const group = 'extensions[0].ribbons[0].tabs[0].groups[0]';
  const button = `${group}.controls[0]`;
  return {
    $schema: `${SCHEMA}/MicrosoftTeams.Localization.schema.json`,
    'name.short': TEXTS.name[language],
    'name.full': TEXTS.fullName[language],
    'description.short': TEXTS.short[language],
    'description.full': TEXTS.full[language],
    [`${group}.label`]: TEXTS.group[language],
    [`${button}.label`]: TEXTS.button[language],
    [`${button}.supertip.title`]: TEXTS.tipTitle[language],
    [`${button}.supertip.description`]: TEXTS.tip[language],
  };
}
