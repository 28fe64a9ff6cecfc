import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import type { Receivers } from '../../../server/api/contract.ts';
import { useSpeech } from '../../language/language.tsx';
import { overview } from '../integrations/overview-queries.ts';

export interface Choice {
  facts: string[];
  /** Null: of all integrations. */
  integrations: string[] | null;
}

interface FactChoiceProps {
  readonly offered: Receivers['offered'];
  readonly choice: Choice;
  readonly choose: (choice: Choice) => void;
}

const toggled = (all: readonly string[], one: string): string[] =>
  all.includes(one) ? all.filter((other) => other !== one) : [...all, one];

/** Which events are told, and of which integrations. */
export function FactChoice({ offered, choice, choose }: FactChoiceProps) {
  const { texts, say } = useSpeech();
  const words = texts.receivers;
  const id = useId();
  const { data } = useQuery(overview());
  const { facts, integrations } = choice;
  const own = (data?.integrations ?? []).filter(({ owner }) => owner === 'organisation');
  return (
    <>
      <fieldset className="receiver-facts">
        <legend>{words.facts}</legend>
        {offered.map(({ id: fact, titles, says }) => (
          <label key={fact}>
            <input
              type="checkbox"
              checked={facts.includes(fact)}
              onChange={() => choose({ ...choice, facts: toggled(facts, fact) })}
            />
            <span>
              {say(titles)} <code>{fact}</code> <span className="quiet">{say(says)}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <fieldset className="receiver-facts">
        <legend>{words.integrations}</legend>
        <label>
          <input
            type="radio"
            name={`${id}-which`}
            checked={integrations === null}
            onChange={() => choose({ ...choice, integrations: null })}
          />
          <span>{words.everyIntegration}</span>
        </label>
        <label>
          <input
            type="radio"
            name={`${id}-which`}
            checked={integrations !== null}
            onChange={() => choose({ ...choice, integrations: [] })}
          />
          <span>{words.someIntegrations}</span>
        </label>
        {integrations !== null &&
          own.map((one) => (
            <label key={one.id} className="one-of-some">
              <input
                type="checkbox"
                checked={integrations.includes(one.id)}
                onChange={() => choose({ ...choice, integrations: toggled(integrations, one.id) })}
              />
              <span>{one.name ?? say(one.titles)}</span>
            </label>
          ))}
      </fieldset>
    </>
  );
}

/** Whether anything is told under it. */
export const isWhole = ({ facts, integrations }: Choice): boolean =>
  facts.length > 0 && (integrations === null || integrations.length > 0);
