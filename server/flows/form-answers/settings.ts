import { z } from 'zod';
import { disposableField, leadSourceField, lookField, makeField } from './person-settings.ts';

const name = () => z.string().trim().max(200).default('');

export const settings = z.object({
  form: name().meta({
    titles: { en: 'Form', fr: 'Formulaire' },
    hints: {
      en: 'Where the account has several. A webhook is one form by itself.',
      fr: 'Si le compte en a plusieurs. Un webhook est un formulaire à lui seul.',
    },
    empty: { en: 'the account’s only one', fr: 'le seul du compte' },
    step: 'records',
  }),
  recognise: z
    .boolean()
    .default(true)
    .meta({
      titles: {
        en: 'Recognise e-mail, phone, name and company',
        fr: 'Reconnaître e-mail, téléphone, nom et société',
      },
      hints: {
        en: 'By the type and the label of each question. Hidden fields fill the CRM’s fields of the same name (utm_source). What you choose below goes before.',
        fr: 'Par le type et le libellé de chaque question. Les champs cachés remplissent les champs du CRM de même nom (utm_source). Ce que vous choisissez ci-dessous passe avant.',
      },
      step: 'records',
    }),
  columns: z
    // A row that is begun is in hand: it is refused where the settings are checked.
    .array(z.object({ header: z.string().trim(), field: z.string().trim() }))
    .max(200)
    .default([])
    .meta({
      titles: { en: 'Which answer fills which field', fr: 'Quelle réponse remplit quel champ' },
      hints: {
        en: 'Questions are offered from the form, or from what it sent last.',
        fr: 'Les questions viennent du formulaire, ou de ce qu’il a envoyé en dernier.',
      },
      empty: { en: 'what is recognised', fr: 'ce qui est reconnu' },
      format: 'columns',
      source: { en: 'Question', fr: 'Question' },
      fieldsOf: 'zoho-crm',
      step: 'records',
    }),
  look: lookField({ en: 'Look for the person among', fr: 'Chercher la personne parmi' }),
  make: makeField(),
  known: z
    .enum(['blank', 'all', 'nothing'])
    .default('blank')
    .meta({
      titles: { en: 'In a record that is there', fr: 'Dans une fiche déjà là' },
      hints: {
        en: 'Anybody can enter anybody’s address in a form. Under another name than the record’s, only the note is added.',
        fr: 'N’importe qui peut saisir l’adresse de n’importe qui. Sous un autre nom que celui de la fiche, seule la note est ajoutée.',
      },
      choices: {
        blank: { en: 'Fill what is blank', fr: 'Remplir ce qui est vide' },
        all: { en: 'Overwrite with what was answered', fr: 'Écraser par ce qui a été répondu' },
        nothing: { en: 'Change nothing', fr: 'Ne rien modifier' },
      },
    }),
  note: z
    .boolean()
    .default(true)
    .meta({
      titles: { en: 'Keep the whole answer as a note', fr: 'Garder toute la réponse en note' },
      hints: {
        en: 'With what fills no field, or does not fit the one that it is to fill.',
        fr: 'Avec ce qui ne remplit aucun champ, ou n’entre pas dans celui qu’il doit remplir.',
      },
    }),
  files: z
    .boolean()
    .default(true)
    .meta({
      titles: { en: 'Attach the files', fr: 'Joindre les fichiers' },
      hints: {
        en: 'What somebody uploaded is attached to the record, up to 20 files of 20 MB. It counts in the CRM’s storage.',
        fr: 'Ce que quelqu’un a envoyé est joint à la fiche, jusqu’à 20 fichiers de 20 Mo. Cela compte dans l’espace du CRM.',
      },
    }),
  fileAddress: name().meta({
    titles: {
      en: 'Question that holds the address of a file',
      fr: 'Question qui contient l’adresse d’un fichier',
    },
    hints: {
      en: 'Where the form says by itself what is a file, nothing is to be chosen. From an address 10 MB are fetched at most.',
      fr: 'Si le formulaire dit lui-même ce qui est un fichier, il n’y a rien à choisir. D’une adresse, 10 Mo sont récupérés au plus.',
    },
    empty: { en: 'no question', fr: 'aucune question' },
  }),
  leadSource: leadSourceField(),
  consent: name().meta({
    titles: { en: 'Question of consent', fr: 'Question du consentement' },
    hints: {
      en: 'A tick, a yes or no, or a choice.',
      fr: 'Une case, un oui ou non, ou un choix.',
    },
    empty: { en: 'no question asks for it', fr: 'aucune question ne le demande' },
  }),
  consentAt: name().meta({
    titles: { en: 'Field for when it was given', fr: 'Champ pour le moment où il est donné' },
    empty: { en: 'it is not written', fr: 'il n’est pas écrit' },
  }),
  withoutConsent: z
    .enum(['opt-out', 'take', 'leave'])
    .default('opt-out')
    .meta({
      titles: { en: 'Who does not consent', fr: 'Qui ne consent pas' },
      hints: {
        en: 'Only where a question of consent is chosen. Nobody is opted in again by a form.',
        fr: 'Seulement si une question du consentement est choisie. Un formulaire ne réabonne personne.',
      },
      choices: {
        'opt-out': { en: 'Is taken, opted out of e-mail', fr: 'Est repris, désinscrit des e-mails' },
        take: { en: 'Is taken all the same', fr: 'Est repris tout de même' },
        leave: { en: 'Is left out', fr: 'Est laissé de côté' },
      },
    }),
  honeypot: name().meta({
    titles: { en: 'Field that only robots fill in', fr: 'Champ que seuls les robots remplissent' },
    hints: {
      en: 'Hidden from people: an answer that fills it is left out.',
      fr: 'Caché aux personnes\u00a0: une réponse qui le remplit est laissée de côté.',
    },
    empty: { en: 'no field', fr: 'aucun champ' },
  }),
  disposable: disposableField(),
  mostPerDay: z
    .number()
    .int()
    .min(0)
    .max(1_000)
    .default(0)
    .meta({
      titles: { en: 'Most answers of one address in a day', fr: 'Réponses par adresse et par jour, au plus' },
      hints: { en: '0: as many as come.', fr: '0\u00a0: autant qu’il en vient.' },
    }),
});

export type Settings = z.output<typeof settings>;
