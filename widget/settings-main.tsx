import { InCrm, useCrm } from './in-crm/in-crm.tsx';
import { App } from './settings/app.tsx';
import { showPage } from './show-page.tsx';
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

showPage(
  <InCrm as="tab">
    <SettingsTab />
  </InCrm>,
);
