import { showPage } from '../widget/show-page.tsx';
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

showPage(
  <InOutlook>
    <PanePage />
  </InOutlook>,
);
