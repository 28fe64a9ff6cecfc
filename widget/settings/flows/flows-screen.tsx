import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import type { Answer, OfferedFlow } from '../../../server/api/contract.ts';
import { useSpeech } from '../../language/language.tsx';
import { Loading } from '../../pieces/loading.tsx';
import { ProblemNotice } from '../../pieces/problem-notice.tsx';
import { hrefOf, useAddress } from '../address.ts';
import { useIsAdmin } from '../me.tsx';
import { NativeNote } from '../native-note.tsx';
import { AddIntegration } from './add-integration.tsx';
import { FlowCard } from './flow-card.tsx';
import { catalogue, integrationList } from './flow-queries.ts';

// They bring along the looks of syncs, which the automations do not wait for.
const SyncFlows = lazy(() => import('./sync-flows.tsx'));

/**
 * What Liaison can do, and under each flow its integrations: what of it is on, and how. Where the address names an
 * integration, that one alone.
 */
export function FlowsScreen() {
  const { texts } = useSpeech();
  const admin = useIsAdmin();
  const list = useQuery(integrationList());
  const offered = useQuery(catalogue());
  const error = list.error ?? offered.error;
  const integrations = list.data?.integrations;
  const only = useAddress().search.get('integration');
  const again = () => void Promise.all([list.refetch(), offered.refetch()]);
  return (
    <div className="page">
      <h1>{texts.flows.title}</h1>
      {only !== null && (
        <p>
          <a href={hrefOf('integrations')}>{texts.setup.all}</a>
        </p>
      )}
      {!admin && <p className="quiet">{texts.flows.adminChanges}</p>}
      {error && <ProblemNotice error={error} retry={again} />}
      {(!integrations || !offered.data) && !error && <Loading />}
      {offered.data?.flows.length === 0 && <p className="nothing">{texts.flows.empty}</p>}
      {integrations && only !== null && <OnlyOne one={integrations.find(({ id }) => id === only)} />}
      {integrations &&
        only === null &&
        offered.data?.flows.map((flow) => {
          const own = integrations.filter((one) => one.flow.id === flow.id);
          return (
            <div key={flow.id} className="flow-group" data-flow={flow.id}>
              {own.map((one) => one.kind === 'automation' && <FlowCard key={one.id} flow={one} />)}
              {own.some(({ kind }) => kind === 'sync') && (
                <Suspense fallback={<Loading />}>
                  <SyncFlows of={flow.id} />
                </Suspense>
              )}
              {own.length === 0 && <NotSetUp flow={flow} />}
              {own.length > 0 && admin && (
                <p className="actions">
                  <AddIntegration flow={flow} first={false} />
                </p>
              )}
            </div>
          );
        })}
    </div>
  );
}

type Listed = Answer<'listIntegrations'>['integrations'][number];

function OnlyOne({ one }: { one: Listed | undefined }) {
  const { texts } = useSpeech();
  if (one === undefined) return <p className="nothing">{texts.list.unknown}</p>;
  if (one.kind === 'automation') return <FlowCard flow={one} />;
  return (
    <Suspense fallback={<Loading />}>
      <SyncFlows of={one.flow.id} only={one.id} />
    </Suspense>
  );
}

/** A flow that is offered, and was never set up here. */
function NotSetUp({ flow }: { flow: OfferedFlow }) {
  const { texts, say } = useSpeech();
  const admin = useIsAdmin();
  return (
    <article className="card" aria-labelledby={`offered-${flow.id}`}>
      <header>
        <h2 id={`offered-${flow.id}`}>{say(flow.titles)}</h2>
        <span className="tag">{texts.flows[flow.kind]}</span>
      </header>
      <p>{say(flow.direction)}</p>
      <p className="quiet">{texts.flows.integrations.none}</p>
      {admin && (
        <p className="actions">
          <AddIntegration flow={flow} first />
        </p>
      )}
      <NativeNote native={flow.native} />
    </article>
  );
}
