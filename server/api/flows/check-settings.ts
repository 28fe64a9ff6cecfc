import type { Automation, SettingSource } from '../../core/flow.ts';
import type { Sentence } from '../../core/sentence.ts';
import { askSettings, knownOf } from '../../engine/ask-settings.ts';
import type { KnownValue } from '../../store/integrations.ts';
import { type FieldProblem, Problem } from '../problem.ts';

/** A setting whose vendor did not answer when it was asked about it. */
export interface UncheckedSetting {
  readonly setting: string;
  readonly sentence: Sentence;
}

export interface CheckedSettings {
  /** Values that the vendor writes otherwise than they were sent, as it writes them. */
  readonly corrected: Readonly<Record<string, unknown>>;
  readonly known: Readonly<Record<string, KnownValue>>;
  readonly unchecked: readonly UncheckedSetting[];
}

/**
 * Asks the vendors about each setting that names something there.
 *
 * @param only these have to work; absent: all of them.
 * @throws a `Problem` that names every setting that can never work.
 */
export async function checkSettings(
  flow: Automation,
  source: SettingSource<unknown>,
  known: Readonly<Record<string, KnownValue>>,
  only?: readonly string[],
): Promise<CheckedSettings> {
  const all = await askSettings(flow, source, known);
  const asked = only === undefined ? all : all.filter(({ setting }) => only.includes(setting));
  const refused = asked.flatMap((one) =>
    'refused' in one ? [{ setting: one.setting, sentence: one.refused }] : [],
  );
  if (refused.length > 0) throw canNeverWork(refused);
  return {
    corrected: Object.fromEntries(asked.flatMap((one) => ('value' in one ? [[one.setting, one.value]] : []))),
    known: knownOf(asked),
    unchecked: asked.flatMap((one) =>
      'error' in one
        ? [{ setting: one.setting, sentence: couldNotBeChecked(one.error.details.sentence) }]
        : [],
    ),
  };
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
      fr: 'Rien n’a été enregistré\u00a0: un élément qu’ils désignent n’existe pas.',
    },
    action: { en: 'Correct the fields that are named.', fr: 'Corrigez les champs indiqués.' },
    fields: (language): FieldProblem[] =>
      refused.map(({ setting, sentence }) => ({
        field: `settings.${setting}`,
        detail: sentence[language],
      })),
  });
}
