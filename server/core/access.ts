import type { Sentence } from './sentence.ts';

/** What a person may let another application do in Liaison in their name. A closed list: what is not in it, none may. */
export const ACCESS_SCOPES = {
  read: {
    en: 'See who you are, your organisation, its integrations and its log, and find records in the CRM',
    fr: 'Voir qui vous êtes, votre organisation, ses intégrations et son journal, et rechercher des fiches dans le CRM',
  },
  write: {
    en: 'Hand records to your integrations, start them, and post messages where you announce things',
    fr: 'Confier des fiches à vos intégrations, les lancer, et publier des messages là où vous faites vos annonces',
  },
  hooks: {
    en: 'Be told what Liaison does: new leads, won deals, payments, changed records, failures',
    fr: 'Être informée de ce que fait Liaison\u00a0: nouveaux prospects, affaires gagnées, paiements, fiches modifiées, échecs',
  },
} as const satisfies Record<string, Sentence>;

export type AccessScope = keyof typeof ACCESS_SCOPES;
export const isAccessScope = (text: string): text is AccessScope => Object.hasOwn(ACCESS_SCOPES, text);

/** An application that asks, as a session tells of it. */
export interface AccessHolder {
  /** Of what the person let it do. */
  readonly id: string;
  /** As it is registered here. */
  readonly application: string;
  readonly scopes: readonly AccessScope[];
}
