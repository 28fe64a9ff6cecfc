import { useQuery } from '@tanstack/react-query';
import { useSpeech } from '../../language/language.tsx';
import { Icon } from '../../pieces/icon.tsx';
import { Loading } from '../../pieces/loading.tsx';
import { ProblemNotice } from '../../pieces/problem-notice.tsx';
import { AccessesPart } from '../accesses/accesses-part.tsx';
import { useIsAdmin } from '../me.tsx';
import { ApplicationCard } from './application-card.tsx';
import { connectionList } from './connection-queries.ts';
import { JustConnected } from './just-connected.tsx';

/** Every application, the accounts that are connected to it, and what Liaison may do there. */
export function ConnectionsScreen() {
  const { texts, say } = useSpeech();
  const admin = useIsAdmin();
  const { data, error, refetch } = useQuery(connectionList());
  return (
    <div className="page">
      <h1>{texts.connections.title}</h1>
      {!admin && <p className="quiet">{texts.connections.adminChanges}</p>}
      {error && <ProblemNotice error={error} retry={() => void refetch()} />}
      {!data && !error && <Loading />}
      {data && <JustConnected connections={data.connections} />}
      {data?.grants.map(
        ({ id, notice }) =>
          notice && (
            <p key={id} className="notice pending">
              <Icon name="retrying" />
              {say(notice)}
            </p>
          ),
      )}
      {data?.applications.length === 0 && <p className="nothing">{texts.connections.empty}</p>}
      {data?.applications.map((application) => (
        <ApplicationCard
          key={application.connector.id}
          application={application}
          accounts={data.connections.filter(({ connector }) => connector.id === application.connector.id)}
        />
      ))}
      {data && <AccessesPart />}
    </div>
  );
}
