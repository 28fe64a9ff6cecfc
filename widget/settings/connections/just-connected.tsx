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
  const [found, ...others] = connections.filter((connection) => connection.connector.id === connector);
  if (found === undefined) return null;
  const vendor = say(found.connector.titles);
  return (
    <p className="notice good" role="status">
      <Icon name="done" />
      {others.length === 0
        ? texts.connections.nowConnected(vendor, found.account.name)
        : texts.connections.isConnected(vendor)}
    </p>
  );
}
