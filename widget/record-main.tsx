import { ContextLine } from './in-crm/context-line.tsx';
import { InCrm, useCrm, usePlace } from './in-crm/in-crm.tsx';
import { Speaking } from './language/language.tsx';
import { OWN_ZONE } from './record/own-zone.ts';
import { RecordScreen } from './record/record-screen.tsx';
import { showPage } from './show-page.tsx';
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

showPage(
  <InCrm as="record">
    <RecordPage />
  </InCrm>,
);
