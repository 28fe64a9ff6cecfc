import type { Sentence } from '../../core/sentence.ts';
import type { Module } from '../form-answers/person-of-answer.ts';

const RECORD: Readonly<Record<Module, Sentence>> = {
  Leads: { en: 'lead', fr: 'prospect' },
  Contacts: { en: 'contact', fr: 'contact' },
};

const many = (parts: readonly Sentence[]): Sentence => ({
  en: parts.map(({ en }) => en).join(' '),
  fr: parts.map(({ fr }) => fr).join(' '),
});

/** What a run comes to, in words. */
export const said = {
  gone: {
    en: 'There is no such chat (any more) in the portal of this integration.',
    fr: 'Ce chat n’existe pas (ou plus) dans le portail de cette intégration.',
  },
  open: { en: 'The chat goes on: nothing to note yet.', fr: 'Le chat continue\u00a0: rien à noter encore.' },
  missed: {
    en: 'Nobody picked the chat up: left out, as the settings say.',
    fr: 'Personne n’a pris le chat\u00a0: laissé de côté, comme le disent les réglages.',
  },
  silent: {
    en: 'The visitor said nothing: nothing to note.',
    fr: 'Le visiteur n’a rien dit\u00a0: rien à noter.',
  },
  disposable: {
    en: 'The e-mail address is of a service of disposable ones: left out, as the settings say.',
    fr: 'L’adresse e-mail est d’un service d’adresses jetables\u00a0: chat laissé de côté, comme le disent les réglages.',
  },
  anonymous: {
    en: 'The visitor left neither an e-mail address nor a phone number: there is no record to note the chat on.',
    fr: 'Le visiteur n’a laissé ni adresse e-mail ni numéro de téléphone\u00a0: aucune fiche où noter le chat.',
  },
  nobody: {
    en: 'Nobody in the CRM is this visitor, and none is to be made.',
    fr: 'Personne dans le CRM n’est ce visiteur, et aucune fiche n’est à créer.',
  },
  nameless: {
    en: 'Nothing names the visitor: neither a name, nor an e-mail address, nor a phone number.',
    fr: 'Rien ne nomme le visiteur\u00a0: ni nom, ni adresse e-mail, ni numéro de téléphone.',
  },
  same: {
    en: 'The note says so already: nothing to do.',
    fr: 'La note le dit déjà\u00a0: rien à faire.',
  },
  takenAway: {
    en: 'Somebody deleted the note: it is not made again.',
    fr: 'Quelqu’un a supprimé la note\u00a0: elle n’est pas refaite.',
  },
  noAddress: {
    en: 'The visitor left no e-mail address, by which the CRM would know them.',
    fr: 'Le visiteur n’a pas laissé d’adresse e-mail, à laquelle le CRM le reconnaîtrait.',
  },
  stranger: (email: string): Sentence => ({
    en: `Nobody in the CRM has the address ${email}: nothing to tell the operator.`,
    fr: `Personne dans le CRM n’a l’adresse ${email}\u00a0: rien à dire à l’opérateur.`,
  }),
  over: {
    en: 'The chat was over before the operator could be told who writes.',
    fr: 'Le chat était terminé avant que l’opérateur apprenne qui écrit.',
  },
  told: (number: string, name: string): Sentence => ({
    en: `The operator of chat ${number} sees that ${name} is writing.`,
    fr: `L’opérateur du chat ${number} voit que ${name} écrit.`,
  }),
  noted: (number: string, name: string, module: Module, isNew: boolean, unfit: readonly Sentence[]) =>
    many([
      isNew
        ? {
            en: `Chat ${number}: a ${RECORD[module].en} was created, ${name}, with the chat as a note.`,
            fr: `Chat ${number}\u00a0: un ${RECORD[module].fr} a été créé, ${name}, avec le chat en note.`,
          }
        : {
            en: `Chat ${number}: a note on the ${RECORD[module].en} ${name}.`,
            fr: `Chat ${number}\u00a0: une note sur le ${RECORD[module].fr} ${name}.`,
          },
      ...unfit,
    ]),
  rewritten: (number: string): Sentence => ({
    en: `Chat ${number} went on or was rated: its note is up to date.`,
    fr: `Le chat ${number} a repris ou a été évalué\u00a0: sa note est à jour.`,
  }),
} as const;
