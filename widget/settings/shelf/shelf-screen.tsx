/// <reference types="vite/client" />
import { useQuery } from '@tanstack/react-query';
import '../../styles/shelf.css';
import { useState } from 'react';
import type { Shelf } from '../../../server/api/contract.ts';
import { useSpeech } from '../../language/language.tsx';
import { ConfirmDialog } from '../../pieces/confirm-dialog.tsx';
import { Loading } from '../../pieces/loading.tsx';
import { ProblemNotice } from '../../pieces/problem-notice.tsx';
import { useIsAdmin } from '../me.tsx';
import { Nothing } from '../syncs/nothing.tsx';
import { ShelfFlow } from './shelf-flow.tsx';
import { useRetry, wholeShelf } from './shelf-queries.ts';

/** Everything that was set aside, from every flow and every sync. */
export default function ShelfScreen() {
  const { texts } = useSpeech();
  const words = texts.alerts.shelf;
  const admin = useIsAdmin();
  const { data, error, refetch } = useQuery(wholeShelf());
  return (
    <div className="page shelf">
      <h1>{words.title}</h1>
      <p className="quiet">
        {words.intro} {!admin && words.adminRetries}
      </p>
      {error && <ProblemNotice error={error} retry={() => void refetch()} />}
      {!data && !error && <Loading />}
      {data && <Everything shelf={data} />}
      {data?.total === 0 && <Nothing title={words.none} hint={words.noneHint} />}
      {data?.integrations.map((flow) => (
        <ShelfFlow key={`${flow.of} ${flow.id}`} flow={flow} />
      ))}
    </div>
  );
}

function Everything({ shelf }: { shelf: Shelf }) {
  const { texts } = useSpeech();
  const words = texts.alerts.shelf;
  const admin = useIsAdmin();
  const [asking, setAsking] = useState(false);
  const retry = useRetry();
  return (
    <div className="actions">
      {shelf.total > 0 && <p>{words.total(shelf.total)}</p>}
      {admin && shelf.total > 0 && (
        <button
          type="button"
          onClick={() => {
            retry.reset();
            setAsking(true);
          }}
        >
          {words.all(shelf.total)}
        </button>
      )}
      <p role="status">{retry.data && words.retried(retry.data.runs, retry.data.records)}</p>
      {asking && (
        <ConfirmDialog
          title={words.allTitle(shelf.total)}
          yes={retry.isPending ? words.retrying : words.allYes}
          busy={retry.isPending}
          onYes={() => retry.mutate(undefined, { onSuccess: () => setAsking(false) })}
          onCancel={() => setAsking(false)}
        >
          <p>{words.allBody}</p>
          {retry.error && <ProblemNotice error={retry.error} />}
        </ConfirmDialog>
      )}
    </div>
  );
}
