import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createQueries } from './api/queries.ts';
import { InCrm, useCrm } from './in-crm/in-crm.tsx';
import { App } from './settings/app.tsx';
import { SessionProvider } from './sign-in/session-provider.tsx';

/** The settings as a tab of the CRM. */
function SettingsTab() {
  const { locale, organisation, user } = useCrm();
  return (
    <SessionProvider organisation={organisation?.id ?? null} person={user?.email ?? null} locale={locale}>
      <App locale={locale} />
    </SessionProvider>
  );
}

const queries = createQueries();
const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queries}>
        <InCrm as="tab">
          <SettingsTab />
        </InCrm>
      </QueryClientProvider>
    </StrictMode>,
  );
}
