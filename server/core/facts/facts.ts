import { z } from 'zod';
import type { Sentence } from '../sentence.ts';

/**
 * What Liaison tells other applications: a closed list of what it did or found, each with what is said of it. What is
 * said is Liaison's own, never a vendor's data as it came; what changes its meaning gets a new version.
 */

const record = z
  .object({
    application: z.string().describe('The application that holds it.'),
    object: z.string().describe('What kind of record it is, by Liaison’s name for it.'),
    id: z.string().nullable().describe('By the application’s own name for it.'),
    name: z.string().nullable().describe('What people know it by, where that is known.'),
  })
  .describe('A record of an application.');

const amount = z
  .object({
    value: z.string().describe('Decimal text, with as many digits as the currency has.'),
    currency: z.string().describe('ISO 4217.'),
  })
  .describe('An amount of money.');

const reason = z
  .object({ code: z.string(), en: z.string(), fr: z.string() })
  .describe('Why, in both languages of the product.');

interface FactDeclaration {
  readonly version: number;
  readonly titles: Sentence;
  /** When it is told. */
  readonly says: Sentence;
  readonly data: z.ZodType;
}

export const FACTS = {
  'lead.created': {
    version: 1,
    titles: { en: 'Lead created', fr: 'Prospect créé' },
    says: {
      en: 'An integration created a lead, or a contact, that was not there before.',
      fr: 'Une intégration a créé un prospect, ou un contact, qui n’existait pas.',
    },
    data: z.object({
      record,
      source: z
        .object({ application: z.string().nullable() })
        .describe('Where the person came from: the application that told of them.'),
    }),
  },
  'deal.won': {
    version: 1,
    titles: { en: 'Deal won', fr: 'Affaire gagnée' },
    says: {
      en: 'An integration that announces won deals announced one.',
      fr: 'Une intégration qui annonce les affaires gagnées en a annoncé une.',
    },
    data: z.object({
      record,
      stage: z.string().describe('As the organisation calls it.'),
      amount: amount.nullable(),
    }),
  },
  'payment.booked': {
    version: 1,
    titles: { en: 'Payment booked', fr: 'Paiement enregistré' },
    says: {
      en: 'A payment stands in the books with its invoice.',
      fr: 'Un paiement figure dans les comptes avec sa facture.',
    },
    data: z.object({
      reference: z.string().describe('The payment, by its application’s own name for it.'),
      source: z.string().describe('The application that the payment was made in.'),
      amount,
      customer: z.string().nullable(),
      invoice: record,
    }),
  },
  'record.changed': {
    version: 1,
    titles: { en: 'Record changed by a sync', fr: 'Fiche modifiée par une synchronisation' },
    says: {
      en: 'A sync created, changed or removed a record.',
      fr: 'Une synchronisation a créé, modifié ou supprimé une fiche.',
    },
    data: z.object({
      operation: z.enum(['created', 'changed', 'removed']),
      record,
      from: record.nullable().describe('The record on the other side; null: it was taken back by a person.'),
      fields: z.array(z.string()).describe('Of a change: the fields that were written, never their values.'),
    }),
  },
  'run.failed': {
    version: 1,
    titles: { en: 'Run failed', fr: 'Exécution en échec' },
    says: {
      en: 'A run was set aside: somebody has to look at it.',
      fr: 'Une exécution a été mise de côté\u00a0: quelqu’un doit la regarder.',
    },
    data: z.object({
      run: z.string().describe('Its id in Liaison’s log.'),
      record,
      reason,
    }),
  },
  'integration.paused': {
    version: 1,
    titles: { en: 'Integration paused', fr: 'Intégration en pause' },
    says: {
      en: 'A sync stopped and waits until somebody has looked.',
      fr: 'Une synchronisation s’est arrêtée et attend que quelqu’un regarde.',
    },
    data: z.object({ reason }),
  },
  'alert.opened': {
    version: 1,
    titles: { en: 'Alert opened', fr: 'Alerte ouverte' },
    says: {
      en: 'Something needs an admin: once for as long as its cause lasts.',
      fr: 'Quelque chose demande un administrateur\u00a0: une fois tant que dure la cause.',
    },
    data: z.object({ alert: z.string().describe('Its id, the same when it is over.'), reason }),
  },
  'alert.closed': {
    version: 1,
    titles: { en: 'Alert over', fr: 'Alerte terminée' },
    says: { en: 'The cause of an alert is gone.', fr: 'La cause d’une alerte a disparu.' },
    data: z.object({ alert: z.string().describe('Its id, as it was opened.'), reason }),
  },
} as const satisfies Record<string, FactDeclaration>;

export type FactType = keyof typeof FACTS;
export const FACT_TYPES = Object.keys(FACTS) as readonly FactType[];
export const isFactType = (text: string): text is FactType => Object.hasOwn(FACTS, text);

/** What a receiver is sent by somebody who tries it: nobody subscribes to it. */
export const TEST = 'test';
export type ToldType = FactType | typeof TEST;

export type FactData<Type extends FactType> = z.output<(typeof FACTS)[Type]['data']>;

/** Something to be told. */
export type Fact = {
  [Type in FactType]: {
    readonly type: Type;
    /** What makes it the same fact, whoever tells it and however often: it is told once. */
    readonly key: string;
    readonly data: FactData<Type>;
  };
}[FactType];
