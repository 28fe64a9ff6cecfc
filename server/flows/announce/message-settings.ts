import { z } from 'zod';
import type { Sentence } from '../../core/sentence.ts';

/** Where a message goes: what an admin sets of every flow that posts one. */
export const placeField = (usual: string) =>
  z
    .string()
    .trim()
    .max(200)
    .default(usual)
    .meta({
      titles: { en: 'Where', fr: 'Où' },
      hints: {
        en: 'A channel or a person of the account that messages go to.',
        fr: 'Un canal ou une personne du compte où vont les messages.',
      },
      empty: { en: 'not chosen yet', fr: 'pas encore choisi' },
    });

/** What it says. @param hints what it is filled from. */
export const templateField = (usual: string, hints: Sentence) =>
  z
    .string()
    .trim()
    .min(1)
    .max(3_000)
    .default(usual)
    .meta({ titles: { en: 'Message', fr: 'Message' }, hints });
