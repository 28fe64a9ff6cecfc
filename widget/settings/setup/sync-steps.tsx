import { lazy, Suspense } from 'react';
import '../../styles/sync.css';
import type { SyncDetail } from '../../../server/api/contract.ts';
import { useSpeech } from '../../language/language.tsx';
import { Loading } from '../../pieces/loading.tsx';
import { hrefOf } from '../address.ts';
import { PreviewTab } from '../syncs/preview-tab.tsx';
import { StatusLine } from '../syncs/status-line.tsx';
import { WorkInHand } from '../syncs/work-in-hand.tsx';
import type { StepProps } from './setup-screen.tsx';
import { GoOn } from './step-frame.tsx';

// The choice of a field among hundreds is the heaviest piece of all.
const MappingTab = lazy(() => import('../syncs/mapping/mapping-tab.tsx'));

/** What each side is about, which field fills which, and what holds where both differ. */
export function MappingStep({ integration, step, steps }: StepProps<SyncDetail>) {
  const { texts } = useSpeech();
  return (
    <div className="syncs">
      <Suspense fallback={<Loading />}>
        <MappingTab sync={integration} />
      </Suspense>
      <p className="quiet">{texts.setup.mapping.goOn}</p>
      <GoOn integration={integration.id} step={step} steps={steps} />
    </div>
  );
}

/** What it would do, in numbers and record by record; applied from here it is on. */
export function PreviewStep({ integration }: StepProps<SyncDetail>) {
  const { texts } = useSpeech();
  return (
    <div className="syncs">
      <StatusLine sync={integration} />
      <WorkInHand sync={integration} />
      <PreviewTab sync={integration} />
      <p>
        <a href={hrefOf('syncs', { sync: integration.id })}>{texts.flows.openSync}</a>
      </p>
    </div>
  );
}
