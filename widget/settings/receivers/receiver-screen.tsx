/// <reference types="vite/client" />
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import '../../styles/receivers.css';
import type { DispatchesQuery, Receiver } from '../../../server/api/contract.ts';
import { call } from '../../api/client.ts';
import { useSpeech } from '../../language/language.tsx';
import { Loading } from '../../pieces/loading.tsx';
import { ProblemNotice } from '../../pieces/problem-notice.tsx';
import { hrefOf, useAddress } from '../address.ts';
import { useIsAdmin } from '../me.tsx';
import { DispatchRow } from './dispatch-row.tsx';
import { allReceivers, dispatchesOf, useReceiverAction } from './receiver-queries.ts';
import { SendFailedAgain } from './send-failed-again.tsx';

const STATES = ['all', 'waiting', 'done', 'failed'] as const;
type Shown = (typeof STATES)[number];

/** The log of one address. */
export default function ReceiverScreen() {
  const { texts } = useSpeech();
  const words = texts.receivers;
  const { item } = useAddress();
  const admin = useIsAdmin();
  const { data, error, refetch } = useQuery({ ...allReceivers(), enabled: admin });
  const receiver = data?.receivers.find(({ id }) => id === item);
  return (
    <div className="page receivers-page">
      <p>
        <a href={hrefOf('webhooks')}>{words.log.back}</a>
      </p>
      <h1>{words.log.title}</h1>
      {!admin && <p className="quiet">{words.adminOnly}</p>}
      {error && <ProblemNotice error={error} retry={() => void refetch()} />}
      {admin && !data && !error && <Loading />}
      {data && !receiver && <p className="lonely">{texts.shell.notFound}</p>}
      {receiver && <Dispatches receiver={receiver} />}
    </div>
  );
}

function Dispatches({ receiver }: { receiver: Receiver }) {
  const { texts } = useSpeech();
  const words = texts.receivers.log;
  const [shown, setShown] = useState<Shown>('all');
  const [pages, setPages] = useState<readonly string[]>([]);
  const cursor = pages.at(-1);
  const query: DispatchesQuery = {
    ...(shown !== 'all' && { state: shown }),
    ...(cursor !== undefined && { cursor }),
  };
  const { data, error, refetch } = useQuery(dispatchesOf(receiver.id, query));
  const again = useReceiverAction((dispatch: string) =>
    call('resendReceiverDispatch', { params: { receiver: receiver.id, dispatch } }),
  );
  return (
    <>
      <p>
        <code>{receiver.url}</code> <span className="quiet">{texts.receivers.states[receiver.state]}</span>
      </p>
      <p className="quiet">{words.intro}</p>
      <div className="card-actions">
        <label>
          {words.show}{' '}
          <select
            value={shown}
            onChange={(event) => {
              setShown(event.target.value as Shown);
              setPages([]);
            }}
          >
            {STATES.map((one) => (
              <option key={one} value={one}>
                {words.states[one]}
              </option>
            ))}
          </select>
        </label>
        <SendFailedAgain receiver={receiver} />
      </div>
      {error && <ProblemNotice error={error} retry={() => void refetch()} />}
      {again.error && <ProblemNotice error={again.error} />}
      {!data && !error && <Loading />}
      {data && data.dispatches.length === 0 && <p>{words.none}</p>}
      <ul className="receiver-list">
        {data?.dispatches.map((dispatch) => (
          <DispatchRow
            key={dispatch.id}
            dispatch={dispatch}
            again={receiver.state === 'active' ? () => again.mutate(dispatch.id) : null}
          />
        ))}
      </ul>
      <div className="card-actions">
        {pages.length > 0 && (
          <button type="button" onClick={() => setPages(pages.slice(0, -1))}>
            {words.newer}
          </button>
        )}
        {data?.next != null && (
          <button type="button" onClick={() => setPages([...pages, data.next ?? ''])}>
            {words.older}
          </button>
        )}
      </div>
    </>
  );
}
