import { type FormEvent, useId, useState } from 'react';
import type { Receivers, ReceiverWithSecret } from '../../../server/api/contract.ts';
import { call } from '../../api/client.ts';
import { useSpeech } from '../../language/language.tsx';
import { ProblemNotice } from '../../pieces/problem-notice.tsx';
import { type Choice, FactChoice, isWhole } from './fact-choice.tsx';
import { useReceiverAction } from './receiver-queries.ts';

interface AddReceiverProps {
  readonly offered: Receivers['offered'];
  readonly made: (answer: ReceiverWithSecret) => void;
}

const KINDS = ['any', 'flow', 'social'] as const;
type Kind = (typeof KINDS)[number];

const FLOW_ADDRESS = 'https://flow.zoho.eu/…/flow/webhook/incoming?zapikey=…';
/** What an address of each kind looks like. */
const EXAMPLES: Readonly<Record<Kind, string>> = {
  any: 'https://hooks.example.com/liaison',
  flow: FLOW_ADDRESS,
  social: FLOW_ADDRESS,
};

const NOTHING: Choice = { facts: [], integrations: null };

/** A further address: what it is of, what it is told of. */
export function AddReceiver({ offered, made }: AddReceiverProps) {
  const { texts } = useSpeech();
  const words = texts.receivers;
  const id = useId();
  const [kind, setKind] = useState<Kind>('any');
  const [url, setUrl] = useState('');
  const [description, setDescription] = useState('');
  const [choice, setChoice] = useState(NOTHING);
  const make = useReceiverAction((body: Parameters<typeof bodyOf>) =>
    call('makeReceiver', { body: bodyOf(...body) }),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    make.mutate([url, description, choice], {
      onSuccess(answer) {
        made(answer);
        setUrl('');
        setDescription('');
        setChoice(NOTHING);
      },
    });
  };
  return (
    <section aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{words.add}</h2>
      <form className="receiver-form" noValidate onSubmit={submit}>
        <div className="setting">
          <label htmlFor={`${id}-kind`}>{words.kind}</label>
          <select id={`${id}-kind`} value={kind} onChange={(event) => setKind(event.target.value as Kind)}>
            {KINDS.map((one) => (
              <option key={one} value={one}>
                {words.kinds[one]}
              </option>
            ))}
          </select>
          <p className="quiet">{words.kindHints[kind]}</p>
        </div>
        <div className="setting">
          <label htmlFor={`${id}-url`}>{words.address}</label>
          <input
            id={`${id}-url`}
            type="url"
            inputMode="url"
            autoComplete="off"
            maxLength={2_000}
            placeholder={EXAMPLES[kind]}
            value={url}
            onChange={(event) => setUrl(event.target.value)}
          />
        </div>
        <div className="setting">
          <label htmlFor={`${id}-description`}>{words.description}</label>
          <input
            id={`${id}-description`}
            maxLength={200}
            value={description}
            onChange={(event) => setDescription(event.target.value)}
          />
        </div>
        <FactChoice offered={offered} choice={choice} choose={setChoice} />
        {make.error && <ProblemNotice error={make.error} nameOf={(field) => words.fields[field]} />}
        <button
          type="submit"
          className="primary"
          disabled={make.isPending || url.trim() === '' || !isWhole(choice)}
        >
          {make.isPending ? words.adding : words.addButton}
        </button>
      </form>
    </section>
  );
}

const bodyOf = (url: string, description: string, { facts, integrations }: Choice) => ({
  url,
  description,
  facts,
  integrations,
});
