import { LiaisonError } from '../../core/errors.ts';
import type { SideOption, Sync, SyncSettings } from '../../core/sync-flow.ts';
import { SIDES } from './work.ts';

const isOpen = ({ kind, fallback }: SideOption, chosen: unknown): boolean =>
  kind === 'choice' && (fallback === null || fallback === '') && (chosen ?? '') === '';

/**
 * What a person must choose before a side can be looked at at all (whose account, which audience, which calendar);
 * null when everything is. Asking the vendors again and again would not change it.
 */
export function unchosen(sync: Sync, settings: SyncSettings): LiaisonError | null {
  for (const side of SIDES) {
    const { object, options, missing } = sync[side];
    if (missing !== undefined) return missing;
    const open = options.find((option) => isOpen(option, settings.options[side][option.id]));
    if (open === undefined) continue;
    const [en, fr] = [open.titles.en, open.titles.fr];
    return new LiaisonError('rejected', {
      field: `options.${side}.${open.id}`,
      sentence: {
        en: `Nothing is chosen yet for “${en}” (${object.titles.en}). Choose it in the flow’s settings, then start the preview.`,
        fr: `Rien n’est encore choisi pour «\u00a0${fr}\u00a0» (${object.titles.fr}). Choisissez dans les réglages du flux, puis lancez l’aperçu.`,
      },
    });
  }
  return null;
}
