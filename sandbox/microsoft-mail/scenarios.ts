import { z } from 'zod';
import type { Scenario, Stage } from '../core/scenario.ts';
import { read } from '../scenarios/parameters.ts';
import { act } from './acts.ts';

const mail = z.strictObject({ email: z.email().optional(), subject: z.string().min(1).optional() });

export const outlookMailReceived: Scenario = {
  id: 'outlook-mail-received',
  titles: { en: 'A customer answers by e-mail', fr: 'Un client répond par e-mail' },
  parameters: mail,
  description: {
    en: 'A mail of Juliette Pélissier comes into Hugo’s mailbox, in the conversation about her quote.',
    fr: 'Un e-mail de Juliette Pélissier arrive dans la boîte de Hugo, dans la conversation sur son devis.',
  },
  expect: {
    en: 'Where Hugo has this conversation logged, the mail is on the contact in the CRM a few seconds later, and the run is in his log.',
    fr: 'Si Hugo fait enregistrer cette conversation, l’e-mail est sur le contact dans le CRM quelques secondes plus tard, et l’exécution est dans son journal.',
  },
  async play(stage: Stage) {
    const { email, subject = 'Re: Devis pour la vitrine' } = read(stage, mail);
    const made = act(stage.desk('microsoft-mail'), {
      act: 'receive',
      conversation: 'AAQkAGI2THk0vitrine=',
      subject,
      ...(email === undefined ? {} : { from: { address: email } }),
    });
    return {
      sentence: {
        en: `A mail with the subject “${subject}” came into Hugo’s mailbox.`,
        fr: `Un e-mail dont l’objet est «\u00a0${subject}\u00a0» est arrivé dans la boîte de Hugo.`,
      },
      ...made,
    };
  },
};
