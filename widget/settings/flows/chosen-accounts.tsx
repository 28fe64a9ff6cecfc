import { useQuery } from '@tanstack/react-query';
import type { IntegrationFacts } from '../../../server/api/contract.ts';
import { useSpeech } from '../../language/language.tsx';
import { catalogue } from './flow-queries.ts';

/** Which accounts an integration goes by, where there is more than one to choose from. */
export function ChosenAccounts({
  integration,
}: {
  integration: Pick<IntegrationFacts, 'flow' | 'connections'>;
}) {
  const { texts, say } = useSpeech();
  const { data } = useQuery(catalogue());
  const roles = data?.flows.find(({ id }) => id === integration.flow.id)?.roles ?? {};
  const told = Object.entries(integration.connections).flatMap(([role, { connector, account }]) =>
    connector === null || account === null || (roles[role]?.accounts.length ?? 0) < 2
      ? []
      : [texts.flows.integrations.onlyAccount(say(connector.titles), account.name)],
  );
  return told.length === 0 ? null : <p className="quiet">{told.join(' · ')}</p>;
}
