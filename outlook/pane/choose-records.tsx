import { useId } from 'react';
import { moduleWord } from '../../widget/in-crm/sentences.ts';
import { useSpeech } from '../../widget/language/language.tsx';
import { useMailWords } from '../language/words.ts';
import type { Choice } from './use-choice.ts';

/** On whom, and on which deal. */
export function ChooseRecords({ choice }: { choice: Choice }) {
  const { say } = useSpeech();
  const words = useMailWords();
  const deal = useId();
  return (
    <>
      <fieldset className="checks">
        <legend>{words.logOn}</legend>
        {choice.people.map((person) => (
          <label key={`${person.module} ${person.id}`} className="check">
            <input
              type="checkbox"
              checked={choice.isChosen(person)}
              onChange={({ currentTarget }) => choice.choose(person, currentTarget.checked)}
            />
            <span>
              {person.name} <span className="quiet">{say(moduleWord(person.module))}</span>
            </span>
          </label>
        ))}
      </fieldset>
      {choice.deals.length > 0 && (
        <p className="field">
          <label htmlFor={deal}>{words.logDeal}</label>
          <select
            id={deal}
            value={choice.deal ?? ''}
            onChange={({ currentTarget }) => choice.chooseDeal(currentTarget.value || null)}
          >
            <option value="">{words.noDeal}</option>
            {choice.deals.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </p>
      )}
    </>
  );
}
