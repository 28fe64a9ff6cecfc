/// <reference types="vite/client" />
import { useQuery } from '@tanstack/react-query';
import '../../styles/sync.css';
import type { FlowDocument, SyncSummary } from '../../../server/api/contract.ts';
import { useSpeech } from '../../language/language.tsx';
import { Loading } from '../../pieces/loading.tsx';
import { ProblemNotice } from '../../pieces/problem-notice.tsx';
import { hrefOf } from '../address.ts';
import { documentList } from '../documents/document-queries.ts';
import { useIsAdmin } from '../me.tsx';
import { NativeNote } from '../native-note.tsx';
import { StatusLine } from '../syncs/status-line.tsx';
import { syncList } from '../syncs/sync-queries.ts';
import { ChosenAccounts } from './chosen-accounts.tsx';
import { IntegrationActions } from './integration-actions.tsx';

interface SyncFlowsProps {
  /** The id of a flow. */
  readonly of: string;
  /** The id of an integration; absent: all of the flow's. */
  readonly only?: string;
}

/** The integrations of one flow that keeps two sides equal: how they stand and how often they look; steered on pages of their own. */
export default function SyncFlows({ of, only }: SyncFlowsProps) {
  const syncs = useQuery(syncList());
  const documents = useQuery(documentList());
  const error = syncs.error ?? documents.error;
  const again = () => void Promise.all([syncs.refetch(), documents.refetch()]);
  if (error) return <ProblemNotice error={error} retry={again} />;
  if (!syncs.data || !documents.data) return <Loading />;
  const told = new Map(documents.data.documents.map((document) => [document.id, document]));
  return syncs.data.syncs
    .filter(({ flow, id }) => flow.id === of && (only === undefined || id === only))
    .map((sync) => <SyncFlowCard key={sync.id} sync={sync} document={told.get(sync.id)} />);
}

function SyncFlowCard({ sync, document }: { sync: SyncSummary; document: FlowDocument | undefined }) {
  const { texts, say } = useSpeech();
  const words = texts.flows;
  const admin = useIsAdmin();
  const { id } = sync;
  return (
    <article className="card" aria-labelledby={`flow-${id}`}>
      <header>
        <h2 id={`flow-${id}`}>{say(sync.titles)}</h2>
        <span className="tag">{words.sync}</span>
      </header>
      <p>{say(sync.direction)}</p>
      <ChosenAccounts integration={sync} />
      <StatusLine sync={sync} />
      {document && (
        <p className="quiet">
          {words.frequency} {say(document.frequency)}
        </p>
      )}
      <p className="quiet">
        <a href={hrefOf('syncs', { sync: id })}>{words.openSync}</a> ·{' '}
        <a href={hrefOf('syncs', { sync: id, tab: 'mapping' })}>{words.mapping}</a> ·{' '}
        <a href={hrefOf('documents', { flow: id })}>{words.documentation}</a>
      </p>
      {admin && <IntegrationActions integration={sync} />}
      <NativeNote native={sync.native} />
    </article>
  );
}
