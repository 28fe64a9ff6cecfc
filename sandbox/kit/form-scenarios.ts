import { z } from 'zod';
import type { Scenario } from '../core/scenario.ts';
import type { VendorDesk } from '../core/simulator.ts';
import { read } from '../scenarios/parameters.ts';

const person = z.strictObject({
  firstName: z.string().optional(),
  lastName: z.string().optional(),
  email: z.string().min(3).optional(),
  phone: z.string().optional(),
});

export interface Visitor {
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  readonly phone: string;
}

export interface FormTool {
  /** Of the scenarios: `typeform`. */
  readonly id: string;
  readonly title: string;
  readonly vendor: string;
  /** Who answers where nobody else is named. */
  readonly visitor: Visitor;
  answer(desk: VendorDesk, visitor: Visitor): void;
  /** The same with a file; @returns its name. Absent: the tool sends none by itself. */
  answerWithFile?(desk: VendorDesk, visitor: Visitor): string;
  /** The last answer arrives once more. */
  again(desk: VendorDesk): void;
  /** The form's owner words a question anew. @returns what it was called, and is now. */
  rename(desk: VendorDesk): { readonly before: string; readonly now: string };
}

/** What can be played with a form tool: an answer arrives, arrives twice, and a field gets another name. */
export function formScenarios(tool: FormTool): Scenario[] {
  const { id, title, vendor, visitor, answerWithFile } = tool;
  return [
    {
      id: `${id}-answer`,
      titles: { en: `An answer to a form (${title})`, fr: `Une réponse à un formulaire (${title})` },
      parameters: person,
      description: {
        en: `Somebody fills in the company’s form at ${title} and sends it.`,
        fr: `Quelqu’un remplit le formulaire de l’entreprise chez ${title} et l’envoie.`,
      },
      async play(stage) {
        const who = { ...visitor, ...definedOf(read(stage, person)) };
        tool.answer(stage.desk(vendor), who);
        return {
          sentence: {
            en: `${who.firstName} ${who.lastName} answered the form.`,
            fr: `${who.firstName} ${who.lastName} a répondu au formulaire.`,
          },
          email: who.email,
        };
      },
    },
    ...(answerWithFile === undefined ? [] : [withFile(tool, answerWithFile)]),
    {
      id: `${id}-again`,
      titles: {
        en: `The same answer once more (${title})`,
        fr: `La même réponse encore une fois (${title})`,
      },
      description: {
        en: `${title} delivers the last answer a second time, as happens when an acknowledgement is lost.`,
        fr: `${title} livre la dernière réponse une seconde fois, comme quand un accusé de réception se perd.`,
      },
      expect: {
        en: 'Nothing comes of it: it is known already.',
        fr: 'Rien n’en résulte\u00a0: elle est déjà connue.',
      },
      async play(stage) {
        tool.again(stage.desk(vendor));
        return {
          sentence: {
            en: 'The last answer was delivered once more.',
            fr: 'La dernière réponse a été livrée encore une fois.',
          },
        };
      },
    },
    {
      id: `${id}-renamed`,
      titles: { en: `A question is renamed (${title})`, fr: `Une question est renommée (${title})` },
      description: {
        en: `The form’s owner gives a question another name at ${title}, and somebody answers.`,
        fr: `Le propriétaire du formulaire renomme une question chez ${title}, et quelqu’un répond.`,
      },
      async play(stage) {
        const desk = stage.desk(vendor);
        const { before, now } = tool.rename(desk);
        tool.answer(desk, { ...visitor, email: visitor.email.replace('@', '+2@') });
        return {
          sentence: {
            en: `“${before}” is now called “${now}”, and somebody answered.`,
            fr: `«\u00a0${before}\u00a0» s’appelle maintenant «\u00a0${now}\u00a0», et quelqu’un a répondu.`,
          },
        };
      },
    },
  ];
}

const withFile = (
  { id, title, vendor, visitor }: FormTool,
  answer: (desk: VendorDesk, visitor: Visitor) => string,
): Scenario => ({
  id: `${id}-file`,
  titles: {
    en: `An answer with a file (${title})`,
    fr: `Une réponse avec un fichier (${title})`,
  },
  parameters: person,
  description: {
    en: `Somebody fills in the company’s form at ${title} and uploads a document with it.`,
    fr: `Quelqu’un remplit le formulaire de l’entreprise chez ${title} et y dépose un document.`,
  },
  expect: {
    en: 'The document stands among the attachments of the person’s record in the CRM, once.',
    fr: 'Le document se trouve parmi les pièces jointes de la fiche de la personne dans le CRM, une seule fois.',
  },
  async play(stage) {
    const who = { ...visitor, ...definedOf(read(stage, person)) };
    const file = answer(stage.desk(vendor), who);
    return {
      sentence: {
        en: `${who.firstName} ${who.lastName} answered the form and uploaded “${file}”.`,
        fr: `${who.firstName} ${who.lastName} a répondu au formulaire et déposé «\u00a0${file}\u00a0».`,
      },
      email: who.email,
    };
  },
});

const definedOf = <Wish extends object>(wish: Wish): { [Key in keyof Wish]: NonNullable<Wish[Key]> } =>
  Object.fromEntries(Object.entries(wish).filter(([, value]) => value !== undefined)) as never;
