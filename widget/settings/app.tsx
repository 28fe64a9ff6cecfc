import { LiveRuns } from './live-runs.tsx';
import { SignedIn } from './me.tsx';
import { Shell } from './shell.tsx';

/** The settings side of Liaison. @param locale the language of the page around it, BCP 47; none: the user's own. */
export function App({ locale }: { locale?: string }) {
  return (
    <SignedIn {...(locale !== undefined && { locale })}>
      <LiveRuns>
        <Shell />
      </LiveRuns>
    </SignedIn>
  );
}
