import type { Flow } from '../../../server/api/contract.ts';
import { Try } from '../flows/try-panel.tsx';
import type { StepProps } from './setup-screen.tsx';
import { GoOn } from './step-frame.tsx';

/** Everything is saved by now: what is tried is what would run. */
export function TryStep({ integration, step, steps }: StepProps<Flow>) {
  return (
    <>
      <Try integration={integration.id} />
      <GoOn integration={integration.id} step={step} steps={steps} />
    </>
  );
}
