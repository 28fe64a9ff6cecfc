import { createContext, type ReactNode, useContext, useEffect, useState, useSyncExternalStore } from 'react';
import { spokenLanguage } from '../../widget/in-crm/spoken-language.ts';
import type { OpenItem } from '../office/item.ts';
import { connectToOutlook, NoOutlook, type Outlook } from '../office/outlook.ts';
import { NoOutlookPage } from './no-outlook-page.tsx';
import { CONNECTING } from './sentences.ts';

const OutlookContext = createContext<Outlook | null>(null);

// A page connects once, however often it is drawn.
let connecting: Promise<Outlook> | null = null;

/** Shows its children once Outlook answers, and else what to do. */
export function InOutlook({ children }: { children: ReactNode }) {
  const [outlook, setOutlook] = useState<Outlook | NoOutlook | null>(null);
  useEffect(() => {
    connecting ??= connectToOutlook();
    connecting.then(setOutlook, (error: unknown) =>
      setOutlook(error instanceof NoOutlook ? error : new NoOutlook('script')),
    );
  }, []);
  if (outlook instanceof NoOutlook) return <NoOutlookPage why={outlook.why} />;
  if (outlook === null)
    return (
      <p className="loading" role="status">
        {CONNECTING[spokenLanguage()]}
      </p>
    );
  return (
    <OutlookContext value={outlook}>
      <Painted outlook={outlook} />
      {children}
    </OutlookContext>
  );
}

/** As dark as Outlook is, whatever the rest of the computer is. */
function Painted({ outlook }: { outlook: Outlook }) {
  const isDark = useSyncExternalStore(outlook.onTheme, outlook.isDark);
  useEffect(() => {
    document.documentElement.style.colorScheme = isDark === null ? '' : isDark ? 'dark' : 'light';
  }, [isDark]);
  return null;
}

export function useOutlook(): Outlook {
  const outlook = useContext(OutlookContext);
  if (outlook === null) throw new Error('useOutlook outside of InOutlook');
  return outlook;
}

/** What is open in Outlook now: a pinned pane stays while mails come and go. */
export function useItem(): OpenItem {
  const { onItem, item } = useOutlook();
  return useSyncExternalStore(onItem, item);
}
