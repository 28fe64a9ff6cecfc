import type { Automation } from '../../core/flow.ts';
import type { TrialSource, TrialWarning } from '../../core/trial.ts';
import type { KnownValue } from '../../store/integrations.ts';
import { askSettings } from '../ask-settings.ts';

/**
 * What the vendors say of the settings now: a channel that is gone, an account that is not connected. Each is said
 * once, whichever settings it spoils.
 */
export async function settingWarnings(
  flow: Automation,
  source: TrialSource<unknown>,
  known: Readonly<Record<string, KnownValue>>,
): Promise<TrialWarning[]> {
  const said = new Map<string, TrialWarning>();
  for (const one of await askSettings(flow, source, known)) {
    if ('value' in one) continue;
    const sentence = 'refused' in one ? one.refused : one.error.details.sentence;
    said.set(sentence.en, { sentence });
  }
  return [...said.values()];
}
