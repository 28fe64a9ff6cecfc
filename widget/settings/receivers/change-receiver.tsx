import { type FormEvent, useId, useState } from 'react';
import type { Receiver, Receivers } from '../../../server/api/contract.ts';
import { call } from '../../api/client.ts';
import { useSpeech } from '../../language/language.tsx';
import { ProblemNotice } from '../../pieces/problem-notice.tsx';
import { type Choice, FactChoice, isWhole } from './fact-choice.tsx';
import { useReceiverAction } from './receiver-queries.ts';

interface ChangeReceiverProps {
  readonly receiver: Receiver;
  readonly offered: Receivers['offered'];
  readonly done: () => void;
}

/** Another address, description or choice for one that is there; its secret stays. */
export function ChangeReceiver({ receiver, offered, done }: ChangeReceiverProps) {
  const { texts } = useSpeech();
  const words = texts.receivers;
  const id = useId();
  const [url, setUrl] = useState(receiver.url);
  const [description, setDescription] = useState(receiver.description);
  const { facts, integrations } = receiver;
  const [choice, setChoice] = useState<Choice>({ facts, integrations });
  const save = useReceiverAction(() =>
    call('setReceiver', { params: { receiver: receiver.id }, body: { url, description, ...choice } }),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(undefined, { onSuccess: done });
  };
  return (
    <form className="receiver-form" noValidate onSubmit={submit}>
      <div className="setting">
        <label htmlFor={`${id}-url`}>{words.address}</label>
        <input
          id={`${id}-url`}
          type="url"
          maxLength={2_000}
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
      {save.error && <ProblemNotice error={save.error} nameOf={(field) => words.fields[field]} />}
      <div className="card-actions">
        <button type="submit" className="primary" disabled={save.isPending || !isWhole(choice)}>
          {words.save}
        </button>
        <button type="button" onClick={done}>
          {texts.dialog.cancel}
        </button>
      </div>
    </form>
  );
}
