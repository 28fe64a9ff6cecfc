import { useId } from 'react';
import type { MoneyAccountView } from '../../../server/api/contract.ts';
import { call } from '../../api/client.ts';
import { useSpeech } from '../../language/language.tsx';
import { useMoneyAction } from './money-queries.ts';

/** How far the check is that is under way, and what ends it. */
export function CheckProgress({ account, name }: { account: MoneyAccountView; name: string }) {
  const { texts, say, formats } = useSpeech();
  const words = texts.money;
  const id = useId();
  const cancel = useMoneyAction(() => call('cancelMoneyCheck', { params: { account: account.id } }));
  const { phase = null, read = 0 } = account.check ?? {};
  const count = formats.number(read);
  const told =
    phase === null
      ? words.asked
      : phase === 'comparing'
        ? words.phases.comparing
        : words.phases[phase](
            say(phase === 'vendor' ? account.connector.titles : account.books.titles),
            count,
          );
  return (
    <div className="check-progress">
      <label htmlFor={id}>{told}</label>
      <progress id={id} aria-valuetext={told} />
      <button
        type="button"
        disabled={cancel.isPending}
        aria-label={words.cancelNamed(name)}
        onClick={() => cancel.mutate(undefined)}
      >
        {words.cancel}
      </button>
    </div>
  );
}
