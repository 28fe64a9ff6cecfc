import { foldText } from '../../core/cells/fold-text.ts';
import type { FormAnswer } from '../../core/forms/answer.ts';
import { isDisposable } from '../../core/forms/disposable.ts';
import type { Sentence } from '../../core/sentence.ts';
import type { AnsweredBy } from './person-of-answer.ts';
import type { Context } from './steps.ts';

/** Why nothing is made of an answer that looks like no person's; null: it does not. */
export async function whySpam(
  { settings, once, event }: Context,
  { values }: FormAnswer,
  { email }: AnsweredBy,
): Promise<Sentence | null> {
  const { honeypot, disposable, mostPerDay } = settings;
  const trap = honeypot === '' ? undefined : values.find(({ key }) => key === honeypot);
  if (trap !== undefined && trap.value !== false) return ROBOT;
  if (disposable && email !== null && isDisposable(email)) return DISPOSABLE;
  if (mostPerDay === 0 || email === null) return null;
  const day = event.receivedAt.toISOString().slice(0, 10);
  for (let number = 1; number <= mostPerDay; number += 1)
    if (await once(`${foldText(email)} ${day} ${number}`)) return null;
  return tooMany(mostPerDay);
}

const ROBOT: Sentence = {
  en: 'The field that only robots fill in was filled in: left out.',
  fr: 'Le champ que seuls les robots remplissent a été rempli\u00a0: réponse laissée de côté.',
};
const DISPOSABLE: Sentence = {
  en: 'The e-mail address is of a service of disposable ones: left out, as the settings say.',
  fr: 'L’adresse e-mail est d’un service d’adresses jetables\u00a0: laissée de côté, comme le disent les réglages.',
};
const tooMany = (most: number): Sentence => ({
  en: `This address has answered ${most} ${most === 1 ? 'time' : 'times'} today already: left out, as the settings say.`,
  fr: `Cette adresse a déjà répondu ${most} fois aujourd’hui\u00a0: laissée de côté, comme le disent les réglages.`,
});
