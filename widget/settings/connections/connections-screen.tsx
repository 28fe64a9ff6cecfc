import { useQuery } from '@tanstack/react-query';
import { useSpeech } from '../../language/language.tsx';
import { Loading } from '../../pieces/loading.tsx';
import { ProblemNotice } from '../../pieces/problem-notice.tsx';
import { useIsAdmin } from '../me.tsx';
import { ConnectionCard } from './connection-card.tsx';
import { connectionList } from './connection-queries.ts';
import { JustConnected } from './just-connected.tsx';

/** Every vendor, the account that is connected to it, and what Liaison may do there. */
export function ConnectionsScreen() {
  const { texts } = useSpeech();
  const admin = useIsAdmin();
  const { data, error, refetch } = useQuery(connectionList());
  return (
    <div className="page">
      <h1>{texts.connections.title}</h1>
      {!admin && <p className="quiet">{texts.connections.adminChanges}</p>}
      {error && <ProblemNotice error={error} retry={() => void refetch()} />}
      {!data && !error && <Loading />}
      {data && <JustConnected connections={data.connections} />}
      {data?.connections.length === 0 && <p className="nothing">{texts.connections.empty}</p>}
      {data?.connections.map((connection) => (
        <ConnectionCard key={connection.connector.id} connection={connection} />
      ))}
    </div>
  );
}
