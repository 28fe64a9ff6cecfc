import { useSpeech } from '../../language/language.tsx';
import type { Destination } from './alert-queries.ts';

/** What people call a place where alerts go. */
export function useDestinationName(): (destination: Destination) => string {
  const { texts, say } = useSpeech();
  return (destination) =>
    destination.kind === 'email'
      ? texts.alerts.mailTo(destination.email)
      : `${say(destination.connector.titles)} · ${destination.title}`;
}
