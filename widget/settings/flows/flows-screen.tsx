import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { useSpeech } from '../../language/language.tsx';
import { Loading } from '../../pieces/loading.tsx';
import { ProblemNotice } from '../../pieces/problem-notice.tsx';
import { useIsAdmin } from '../me.tsx';
import { FlowCard } from './flow-card.tsx';
import { flowList } from './flow-queries.ts';

// They bring along the looks of syncs, which the automations above do not wait for.
const SyncFlows = lazy(() => import('./sync-flows.tsx'));

/** What Liaison can do, what of it is on, and how. */
export function FlowsScreen() {
  const { texts } = useSpeech();
  const admin = useIsAdmin();
  const { data, error, refetch } = useQuery(flowList());
  return (
    <div className="page">
      <h1>{texts.flows.title}</h1>
      {!admin && <p className="quiet">{texts.flows.adminChanges}</p>}
      {error && <ProblemNotice error={error} retry={() => void refetch()} />}
      {!data && !error && <Loading />}
      {data?.flows.length === 0 && <p className="nothing">{texts.flows.empty}</p>}
      {data?.flows.map((flow) => (
        <FlowCard key={flow.id} flow={flow} />
      ))}
      {data && (
        <Suspense fallback={<Loading />}>
          <SyncFlows />
        </Suspense>
      )}
    </div>
  );
}
