import { readBoolean } from '../../core/cells/read-choice.ts';
import { type FormAnswer, shownValue } from '../../core/forms/answer.ts';
import type { Settings } from './settings.ts';

/** Whether an answer consents; null: it is not asked. A choice of any words is one, unless it says no. */
export function consentOf({ values }: FormAnswer, { consent }: Settings): 'given' | 'refused' | null {
  if (consent === '') return null;
  const value = values.find(({ key }) => key === consent)?.value;
  if (value === undefined) return 'refused';
  const shown = shownValue(value, 'en').trim();
  const reading = readBoolean({ value: typeof value === 'object' ? shown : value, shown });
  if (reading.kind === 'value') return reading.value === true ? 'given' : 'refused';
  return shown === '' || /^(no|non|nein)\b/i.test(shown) ? 'refused' : 'given';
}
