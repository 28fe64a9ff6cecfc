import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createQueries } from './api/queries.ts';
import { ContextLine } from './in-crm/context-line.tsx';
import { InCrm, useCrm, usePlace } from './in-crm/in-crm.tsx';
import { Speaking } from './language/language.tsx';
import { OWN_ZONE } from './record/own-zone.ts';
import { RecordScreen } from './record/record-screen.tsx';
import { SessionProvider } from './sign-in/session-provider.tsx';

/** The page beside a record of the CRM, and behind its button. */
function RecordPage() {
  const { locale, organisation, user } = useCrm();
  const { module, recordIds } = usePlace();
  return (
    <>
      <Speaking locale={locale} timeZone={OWN_ZONE}>
        <header>
          <ContextLine />
        </header>
      </Speaking>
      <SessionProvider organisation={organisation?.id ?? null} person={user?.email ?? null} locale={locale}>
        <RecordScreen module={module} recordIds={recordIds} locale={locale} />
      </SessionProvider>
    </>
  );
}

const queries = createQueries();
const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queries}>
        <InCrm as="record">
          <RecordPage />
        </InCrm>
      </QueryClientProvider>
    </StrictMode>,
  );
}
