/// <reference types="vite/client" />
import { useQuery } from '@tanstack/react-query';
import '../../styles/alerts.css';
import { useSpeech } from '../../language/language.tsx';
import { Loading } from '../../pieces/loading.tsx';
import { ProblemNotice } from '../../pieces/problem-notice.tsx';
import { useIsAdmin } from '../me.tsx';
import { allAlerts } from './alert-queries.ts';
import { OpenAlert, RecoveredAlert } from './alert-row.tsx';
import { Destinations } from './destinations.tsx';

/** What needs an admin now, where they hear of it, and what is over. */
export default function AlertsScreen() {
  const { texts } = useSpeech();
  const words = texts.alerts;
  const admin = useIsAdmin();
  const { data, error, refetch } = useQuery(allAlerts());
  return (
    <div className="page alerts-page">
      <h1>{words.title}</h1>
      <p className="quiet">{words.intro}</p>
      {error && <ProblemNotice error={error} retry={() => void refetch()} />}
      {!data && !error && <Loading />}
      {data && (
        <section aria-labelledby="alerts-open">
          <h2 id="alerts-open">{words.open}</h2>
          {data.alerts.length === 0 && (
            <p className="calm">
              {words.none}. <span className="quiet">{words.noneHint}</span>
            </p>
          )}
          <ul className="alert-list">
            {data.alerts.map((alert) => (
              <OpenAlert key={alert.id} alert={alert} />
            ))}
          </ul>
        </section>
      )}
      {admin ? <Destinations /> : <p className="quiet">{words.adminChooses}</p>}
      {data && data.recovered.length > 0 && (
        <section aria-labelledby="alerts-over">
          <h2 id="alerts-over">{words.recovered}</h2>
          <ul className="alert-list">
            {data.recovered.map((alert) => (
              <RecoveredAlert key={alert.id} alert={alert} />
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}
