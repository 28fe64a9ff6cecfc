import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createQueries } from '../widget/api/queries.ts';
import { SessionProvider } from '../widget/sign-in/session-provider.tsx';
import { openDialog } from './office/dialog.ts';
import { InOutlook, useOutlook } from './pane/in-outlook.tsx';
import { Pane } from './pane/pane.tsx';

/** The page beside a mail. Whoever Outlook says is there is not believed: people sign in with Zoho. */
function PanePage() {
  const { locale } = useOutlook();
  return (
    <SessionProvider guest open={openDialog} locale={locale}>
      <Pane locale={locale} />
    </SessionProvider>
  );
}

const queries = createQueries();
const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queries}>
        <InOutlook>
          <PanePage />
        </InOutlook>
      </QueryClientProvider>
    </StrictMode>,
  );
}
