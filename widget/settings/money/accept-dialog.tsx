import { useId, useState } from 'react';
import type { MoneyDifference } from '../../../server/api/contract.ts';
import { call } from '../../api/client.ts';
import { useSpeech } from '../../language/language.tsx';
import { ConfirmDialog } from '../../pieces/confirm-dialog.tsx';
import { ProblemNotice } from '../../pieces/problem-notice.tsx';
import { useMoneyAction } from './money-queries.ts';

interface AcceptDialogProps {
  readonly account: string;
  readonly difference: MoneyDifference;
  readonly what: string;
  readonly close: () => void;
}

/** Asks for a word on why a difference is right as it is. */
export function AcceptDialog({ account, difference, what, close }: AcceptDialogProps) {
  const { texts, say } = useSpeech();
  const words = texts.money.accept;
  const id = useId();
  const [note, setNote] = useState('');
  const [isMissing, setMissing] = useState(false);
  const accept = useMoneyAction((said: string) =>
    call('acceptMoneyDifference', { params: { account }, body: { key: difference.key, note: said } }),
  );
  const yes = () => {
    const said = note.trim();
    if (said === '') setMissing(true);
    else accept.mutate(said, { onSuccess: close });
  };
  return (
    <ConfirmDialog
      title={words.title}
      yes={accept.isPending ? words.busy : words.yes}
      busy={accept.isPending}
      onYes={yes}
      onCancel={close}
    >
      <p>
        {say(difference.words)} · {what}
      </p>
      <p className="quiet">{words.body}</p>
      <div className="setting">
        <label htmlFor={id}>{words.note}</label>
        <textarea
          id={id}
          rows={3}
          maxLength={500}
          value={note}
          aria-invalid={isMissing}
          aria-describedby={isMissing ? `${id}-missing` : undefined}
          onChange={(event) => {
            setNote(event.target.value);
            setMissing(false);
          }}
        />
        {isMissing && (
          <p id={`${id}-missing`} className="bad" role="alert">
            {words.missing}
          </p>
        )}
      </div>
      {accept.error && <ProblemNotice error={accept.error} />}
    </ConfirmDialog>
  );
}
