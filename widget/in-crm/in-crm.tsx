import { createContext, type ReactNode, useContext, useEffect, useState, useSyncExternalStore } from 'react';
import { type Crm, type CrmPlace, connectToCrm, NoCrm } from '../zoho.ts';
import { NoCrmPage } from './no-crm-page.tsx';
import { CONNECTING } from './sentences.ts';
import { spokenLanguage } from './spoken-language.ts';

const CrmContext = createContext<Crm | null>(null);

export interface InCrmProps {
  /** `record`: beside a record or behind a button; `tab`: a page of its own. */
  readonly as: 'record' | 'tab';
  readonly children: ReactNode;
}

// A page connects once, however often it is drawn: what it hears is heard from the first message on.
let connecting: Promise<Crm> | null = null;

/** Shows its children once the CRM around the page answers, and else what to do. */
export function InCrm({ as, children }: InCrmProps) {
  const [crm, setCrm] = useState<Crm | NoCrm | null>(null);
  useEffect(() => {
    connecting ??= connectToCrm(as);
    connecting.then(setCrm, (error: unknown) => setCrm(error instanceof NoCrm ? error : new NoCrm('script')));
  }, [as]);
  useEffect(() => {
    if (as !== 'record' || crm === null || crm instanceof NoCrm) return;
    return crm.fitHeight();
  }, [as, crm]);
  if (crm instanceof NoCrm) return <NoCrmPage reason={crm} />;
  if (crm !== null) return <CrmContext value={crm}>{children}</CrmContext>;
  return (
    <p className="loading" role="status">
      {CONNECTING[spokenLanguage()]}
    </p>
  );
}

export function useCrm(): Crm {
  const crm = useContext(CrmContext);
  if (crm === null) throw new Error('useCrm outside of InCrm');
  return crm;
}

/** Which records the CRM's page is about now. */
export function usePlace(): CrmPlace {
  const { onMove, place } = useCrm();
  return useSyncExternalStore(onMove, place);
}
