import { asLiaisonError } from '../../core/errors.ts';
import type { Automation } from '../../core/flow.ts';
import type { TrialSource, TrialWarning } from '../../core/trial.ts';
import type { KnownValue } from '../../store/integrations.ts';

/**
 * What the vendors say of the settings now: a channel that is gone, an account that is not connected. Each is said
 * once, whichever settings it spoils.
 */
export async function settingWarnings(
  { vendorSettings = {} }: Automation,
  source: TrialSource<unknown>,
  known: Readonly<Record<string, KnownValue>>,
): Promise<TrialWarning[]> {
  const values = source.settings as Readonly<Record<string, unknown>>;
  const said = new Map<string, TrialWarning>();
  await Promise.all(
    Object.entries(vendorSettings).map(async ([name, { check }]) => {
      try {
        const before = known[name];
        const isSame = before !== undefined && JSON.stringify(before.value) === JSON.stringify(values[name]);
        const verdict = await check?.(source, isSame ? before.reference : undefined);
        if (verdict && 'refused' in verdict) said.set(verdict.refused.en, { sentence: verdict.refused });
      } catch (thrown) {
        const { sentence } = asLiaisonError(thrown).details;
        said.set(sentence.en, { sentence });
      }
    }),
  );
  return [...said.values()];
}
