import { App } from './settings/app.tsx';
import { showPage } from './show-page.tsx';
import { SessionProvider } from './sign-in/session-provider.tsx';

showPage(
  <SessionProvider>
    <App />
  </SessionProvider>,
);
