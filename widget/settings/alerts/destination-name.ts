import { useQuery } from '@tanstack/react-query';
import { useSpeech } from '../../language/language.tsx';
import { alertSettings, type Destination } from './alert-queries.ts';

/** What people call a place where alerts go. */
export function useDestinationName(): (destination: Destination) => string {
  const { texts, say } = useSpeech();
  const { data } = useQuery(alertSettings());
  const all = data?.destinations ?? [];
  return (destination) => {
    if (destination.kind === 'email') return texts.alerts.mailTo(destination.email);
    const { connector, account, connection, title } = destination;
    // Whose it is is said where places of several accounts of the application are chosen.
    const isOneOfSeveral = all.some(
      (one) => one.kind === 'place' && one.connector.id === connector.id && one.connection !== connection,
    );
    return [say(connector.titles), ...(isOneOfSeveral && account ? [account] : []), title].join(' · ');
  };
}
