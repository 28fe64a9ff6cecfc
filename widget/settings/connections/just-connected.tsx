import { useEffect, useState } from 'react';
import type { Connection } from '../../../server/api/contract.ts';
import { useSpeech } from '../../language/language.tsx';
import { Icon } from '../../pieces/icon.tsx';

const TOLD = 'connected';

/** The connector that a consent just ended for, as the address says; told once: it is taken out of the address. */
function useJustConnected(): string | null {
  const [connector] = useState(() => new URLSearchParams(location.search).get(TOLD));
  useEffect(() => {
    if (connector === null) return;
    const address = new URL(location.href);
    address.searchParams.delete(TOLD);
    history.replaceState(history.state, '', address);
  }, [connector]);
  return connector;
}

/** What the way back from a vendor's consent page says: which account works from now on. */
export function JustConnected({ connections }: { connections: readonly Connection[] }) {
  const { texts, say } = useSpeech();
  const connector = useJustConnected();
  const found = connections.find((connection) => connection.connector.id === connector);
  if (found === undefined || found.account === null) return null;
  return (
    <p className="notice good" role="status">
      <Icon name="done" />
      {texts.connections.nowConnected(say(found.connector.titles), found.account.name)}
    </p>
  );
}
