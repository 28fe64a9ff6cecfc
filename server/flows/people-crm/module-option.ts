import { choicesOf, type SideOption } from '../../core/sync-flow.ts';
import type { SyncObject } from '../../core/sync-object.ts';

const ID = 'module';

/** Which records of an account are meant, where it has people of several kinds. */
export const moduleOption = {
  id: ID,
  /** @param offered the first is meant where nobody chose. */
  among: (offered: readonly Pick<SyncObject, 'id' | 'titles'>[]): SideOption => ({
    id: ID,
    titles: { en: 'Which people', fr: 'Quelles personnes' },
    hints: {
      en: 'Others have other fields: the mapping begins anew with them. Once records are linked, they stay these.',
      fr: 'D’autres ont d’autres champs\u00a0: la correspondance repart alors du début. Dès que des fiches sont liées, ce choix ne change plus.',
    },
    kind: 'choice',
    fallback: offered[0]?.id ?? null,
    ...choicesOf(Object.fromEntries(offered.map(({ id, titles }) => [id, titles]))),
  }),
};
