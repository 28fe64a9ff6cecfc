import { LiaisonError } from './errors.ts';
import { CAPABILITY_TITLES } from './offers.ts';
import type { RoleDeclaration } from './roles.ts';

/** Why nothing can be done in a role that several connectors can take, and that no account has yet. */
export function nobodyChose({ offers, titles }: Pick<RoleDeclaration, 'offers' | 'titles'>): LiaisonError {
  const { en, fr } = titles ?? CAPABILITY_TITLES[offers ?? 'messages'];
  return new LiaisonError('reconnect', {
    sentence: {
      en: `No account is chosen yet (${en}). Choose one under “Name and accounts” of the integration; what waits is then done.`,
      fr: `Aucun compte n’est encore choisi (${fr}). Choisissez-en un sous «\u00a0Nom et comptes\u00a0» de l’intégration\u00a0; ce qui attend sera alors fait.`,
    },
  });
}
