import { LiveRuns } from './live-runs.tsx';
import { SignedIn } from './me.tsx';
import { Shell } from './shell.tsx';

/** The settings side of Liaison. */
export function App() {
  return (
    <SignedIn>
      <LiveRuns>
        <Shell />
      </LiveRuns>
    </SignedIn>
  );
}
