/// <reference types="vite/client" />
import { useQuery } from '@tanstack/react-query';
import '../../styles/sync.css';
import { useSpeech } from '../../language/language.tsx';
import { Icon } from '../../pieces/icon.tsx';
import { Loading } from '../../pieces/loading.tsx';
import { Moment } from '../../pieces/moment.tsx';
import { ProblemNotice } from '../../pieces/problem-notice.tsx';
import { hrefOf, useAddress } from '../address.ts';
import { useIsAdmin } from '../me.tsx';
import { SyncCard } from './sync-card.tsx';
import { SyncPage } from './sync-page.tsx';
import { openAlerts, syncList } from './sync-queries.ts';

/** The syncs of the organisation; one of them when the address names it. */
export default function SyncsScreen() {
  const { search } = useAddress();
  const id = search.get('sync');
  return id === null ? <SyncList /> : <SyncPage key={id} id={id} />;
}

function SyncList() {
  const { texts } = useSpeech();
  const admin = useIsAdmin();
  const { data, error, refetch } = useQuery(syncList());
  return (
    <div className="page syncs">
      <h1>{texts.syncs.title}</h1>
      <p className="quiet">{admin ? texts.syncs.intro : texts.syncs.adminChanges}</p>
      <Alerts />
      {error && <ProblemNotice error={error} retry={() => void refetch()} />}
      {!data && !error && <Loading />}
      {data?.syncs.length === 0 && <p className="nothing">{texts.syncs.empty}</p>}
      {data?.syncs.map((sync) => (
        <SyncCard key={sync.id} sync={sync} />
      ))}
    </div>
  );
}

/** What an admin must know; nothing at all while there is nothing. */
function Alerts() {
  const { texts, say } = useSpeech();
  const { data } = useQuery(openAlerts());
  const ofSyncs = data?.alerts.filter(({ integration }) => integration?.kind === 'sync') ?? [];
  if (ofSyncs.length === 0) return null;
  return (
    <section aria-label={texts.syncs.alerts} className="alerts">
      {ofSyncs.map(({ id, integration: sync, sentence, openedAt }) => (
        <div key={id} className="notice bad">
          <Icon name="failed" />
          <div>
            <p>
              {say(sentence)} {sync && <a href={hrefOf('syncs', { sync: sync.id })}>{say(sync.titles)}</a>}
            </p>
            <p className="quiet">
              <Moment instant={openedAt} />
            </p>
          </div>
        </div>
      ))}
    </section>
  );
}
