import { foldText } from '../../core/cells/fold-text.ts';
import { readBoolean } from '../../core/cells/read-choice.ts';
import { type FormAnswer, shownValue } from '../../core/forms/answer.ts';
import type { Settings } from './settings.ts';

/** Words that say no, folded, wherever they stand: doubt is no consent. */
const NO = /\bn['’]|\b(?:no|non|nein|not|never|ne|pas|jamais|don['’]?t|refus\w*|declin\w*|disagree\w*)\b/;

/** Whether an answer consents; null: it is not asked. A choice of any words is one, unless it says no. */
export function consentOf({ values }: FormAnswer, { consent }: Settings): 'given' | 'refused' | null {
  if (consent === '') return null;
  const value = values.find(({ key }) => key === consent)?.value;
  if (value === undefined) return 'refused';
  const shown = shownValue(value, 'en').trim();
  const reading = readBoolean({ value: typeof value === 'object' ? shown : value, shown });
  if (reading.kind === 'value') return reading.value === true ? 'given' : 'refused';
  return shown === '' || NO.test(foldText(shown)) ? 'refused' : 'given';
}
