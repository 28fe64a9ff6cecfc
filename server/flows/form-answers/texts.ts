import type { Sentence } from '../../core/sentence.ts';
import type { Module } from './person-of-answer.ts';

export const OBJECTS: Readonly<Record<Module, string>> = {
  Leads: 'zohoCrm.leads',
  Contacts: 'zohoCrm.contacts',
};

/** By what a record without an e-mail address is found again. */
export const SAME_FIELDS = ['Last_Name', 'First_Name', 'Company', 'Phone'] as const;

const DID: Readonly<Record<'created' | 'completed' | 'noted', Readonly<Record<Module, Sentence>>>> = {
  created: {
    Leads: { en: 'a lead was created.', fr: 'un prospect a été créé.' },
    Contacts: { en: 'a contact was created.', fr: 'un contact a été créé.' },
  },
  completed: {
    Leads: { en: 'the lead was completed.', fr: 'le prospect a été complété.' },
    Contacts: { en: 'the contact was completed.', fr: 'le contact a été complété.' },
  },
  noted: {
    Leads: {
      en: 'the lead is there already, and nothing of it was changed.',
      fr: 'le prospect est déjà là, et rien n’y a été modifié.',
    },
    Contacts: {
      en: 'the contact is there already, and nothing of it was changed.',
      fr: 'le contact est déjà là, et rien n’y a été modifié.',
    },
  },
};

/** What became of an answer, and what else is to be said. */
export function inWords(
  name: string,
  module: Module,
  did: 'created' | 'completed' | 'noted',
  further: readonly Sentence[],
): Sentence {
  const { en, fr } = DID[did][module];
  return {
    en: [`${name}: ${en}`, ...further.map((one) => one.en)].join(' '),
    fr: [`${name}\u00a0: ${fr}`, ...further.map((one) => one.fr)].join(' '),
  };
}
