import { useState } from 'react';
import type { Receiver } from '../../../server/api/contract.ts';
import { call } from '../../api/client.ts';
import { useSpeech } from '../../language/language.tsx';
import { ProblemNotice } from '../../pieces/problem-notice.tsx';
import { useReceiverAction } from './receiver-queries.ts';

const DAYS = [1, 3, 7, 30] as const;
const DAY_MS = 86_400_000;

/** Sends again what failed of the last days. */
export function SendFailedAgain({ receiver }: { receiver: Receiver }) {
  const { texts } = useSpeech();
  const words = texts.receivers.log;
  const [days, setDays] = useState<number>(DAYS[0]);
  const send = useReceiverAction((since: string) =>
    call('resendReceiverFailed', { params: { receiver: receiver.id }, body: { since } }),
  );
  if (receiver.failed === 0 && !send.data) return null;
  return (
    <>
      <label>
        {words.since}{' '}
        <select value={days} onChange={(event) => setDays(Number(event.target.value))}>
          {DAYS.map((one) => (
            <option key={one} value={one}>
              {words.days(one)}
            </option>
          ))}
        </select>
      </label>
      <button
        type="button"
        disabled={send.isPending || receiver.state !== 'active'}
        onClick={() => send.mutate(new Date(Date.now() - days * DAY_MS).toISOString())}
      >
        {words.allAgain}
      </button>
      <span className="good" role="status">
        {send.data && words.sentAgain(send.data.count)}
      </span>
      {send.error && <ProblemNotice error={send.error} />}
    </>
  );
}
