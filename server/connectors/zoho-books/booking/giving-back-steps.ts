import type { StepDeclaration } from '../../../core/flow.ts';

const books = 'zoho-books';

/** How money that went back comes to stand in the books; every flow that books has them. */
export const givingBackSteps = {
  noted: {
    titles: { en: 'Read what is noted on the invoice', fr: 'Lire ce qui est inscrit sur la facture' },
    connector: books,
    effect: 'read',
  },
  creditNote: {
    titles: { en: 'Create the credit note', fr: 'Créer l’avoir' },
    connector: books,
    effect: 'lookup',
  },
  givenBack: {
    titles: { en: 'Record the refund', fr: 'Enregistrer le remboursement' },
    connector: books,
    effect: 'lookup',
  },
  takenBack: {
    titles: { en: 'Take back a refund that failed', fr: 'Retirer un remboursement qui a échoué' },
    connector: books,
    effect: 'keyed',
  },
} as const satisfies Record<string, StepDeclaration>;

export type GivingBackStep = keyof typeof givingBackSteps;
