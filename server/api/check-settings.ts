import { asLiaisonError } from '../core/errors.ts';
import type { Automation, SettingSource } from '../core/flow.ts';
import type { Sentence } from '../core/sentence.ts';
import { type FieldProblem, Problem } from './problem.ts';

/** A setting whose vendor did not answer when it was asked about it. */
export interface UncheckedSetting {
  readonly setting: string;
  readonly sentence: Sentence;
}

export interface CheckedSettings {
  /** Values that the vendor writes otherwise than they were sent, as it writes them. */
  readonly corrected: Readonly<Record<string, unknown>>;
  readonly unchecked: readonly UncheckedSetting[];
}

/**
 * Asks the vendors about each setting that names something there.
 *
 * @throws a `Problem` that names every setting that can never work.
 */
export async function checkSettings(
  flow: Automation,
  source: SettingSource<unknown>,
): Promise<CheckedSettings> {
  const corrected: Record<string, unknown> = {};
  const refused: { readonly setting: string; readonly sentence: Sentence }[] = [];
  const unchecked: UncheckedSetting[] = [];
  await Promise.all(
    Object.entries(flow.vendorSettings ?? {}).map(async ([setting, declared]) => {
      try {
        const verdict = (await declared.check?.(source)) ?? null;
        if (verdict === null) return;
        if ('refused' in verdict) refused.push({ setting, sentence: verdict.refused });
        else corrected[setting] = verdict.value;
      } catch (thrown) {
        const { sentence } = asLiaisonError(thrown).details;
        unchecked.push({ setting, sentence: couldNotBeChecked(sentence) });
      }
    }),
  );
  if (refused.length > 0) throw canNeverWork(refused);
  return { corrected, unchecked };
}

const couldNotBeChecked = (reason: Sentence): Sentence => ({
  en: `Saved, but nobody could be asked whether this exists. ${reason.en}`,
  fr: `Enregistré, mais sans pouvoir vérifier que cela existe. ${reason.fr}`,
});

function canNeverWork(refused: readonly { setting: string; sentence: Sentence }[]): Problem {
  return new Problem({
    status: 422,
    type: 'invalid',
    title: { en: 'These settings cannot work', fr: 'Ces réglages ne peuvent pas fonctionner' },
    detail: {
      en: 'Nothing was saved: something that they name does not exist there.',
      fr: 'Rien n’a été enregistré : un élément qu’ils désignent n’existe pas.',
    },
    action: { en: 'Correct the fields that are named.', fr: 'Corrigez les champs indiqués.' },
    fields: (language): FieldProblem[] =>
      refused.map(({ setting, sentence }) => ({
        field: `settings.${setting}`,
        detail: sentence[language],
      })),
  });
}
