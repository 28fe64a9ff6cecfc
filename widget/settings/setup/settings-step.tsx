import type { Flow } from '../../../server/api/contract.ts';
import type { StepProps } from './setup-screen.tsx';
import { StepForm } from './step-form.tsx';

/** How it does its work, with what it would send under the form as it stands. */
export function SettingsStep(props: StepProps<Flow>) {
  return (
    <StepForm
      {...props}
      only={({ ofRecords, atStart }) => !ofRecords && !atStart}
      previews={props.integration.previews}
    />
  );
}
