/// <reference types="vite/client" />
import { useQuery } from '@tanstack/react-query';
import type { ComponentType } from 'react';
import '../../styles/setup.css';
import type { Flow, SyncDetail } from '../../../server/api/contract.ts';
import { ApiError } from '../../api/client.ts';
import { useSpeech } from '../../language/language.tsx';
import { Loading } from '../../pieces/loading.tsx';
import { ProblemNotice } from '../../pieces/problem-notice.tsx';
import { hrefOf, useAddress } from '../address.ts';
import { useIsAdmin } from '../me.tsx';
import { ChangeAccounts } from './change-accounts.tsx';
import { OnStep } from './on-step.tsx';
import { RecordsStep } from './records-step.tsx';
import { SettingsStep } from './settings-step.tsx';
import { oneIntegration } from './setup-queries.ts';
import { type StepName, stepNamed, stepsOf } from './setup-steps.ts';
import { StepFrame } from './step-frame.tsx';
import { SyncRecordsStep } from './sync-records-step.tsx';
import { MappingStep, PreviewStep } from './sync-steps.tsx';
import { TryStep } from './try-step.tsx';

export interface StepProps<Integration = Flow | SyncDetail> {
  readonly integration: Integration;
  readonly step: StepName;
  readonly steps: readonly StepName[];
}

/** Only automations, or only syncs, have such a step. */
const ofAutomation =
  (Step: ComponentType<StepProps<Flow>>): ComponentType<StepProps> =>
  ({ integration, ...place }) =>
    integration.kind === 'automation' ? <Step integration={integration} {...place} /> : null;
const ofSync =
  (Step: ComponentType<StepProps<SyncDetail>>): ComponentType<StepProps> =>
  ({ integration, ...place }) =>
    integration.kind === 'sync' ? <Step integration={integration} {...place} /> : null;

const STEPS: Readonly<Record<StepName, ComponentType<StepProps>>> = {
  accounts: ChangeAccounts,
  records: ({ integration, ...place }) =>
    integration.kind === 'sync' ? (
      <SyncRecordsStep integration={integration} {...place} />
    ) : (
      <RecordsStep integration={integration} {...place} />
    ),
  settings: ofAutomation(SettingsStep),
  mapping: ofSync(MappingStep),
  try: ofAutomation(TryStep),
  preview: ofSync(PreviewStep),
  on: ofAutomation(OnStep),
};

/** One integration, step by step: where somebody sets it up, and comes back to change it. */
export default function SetupScreen() {
  const { texts, say } = useSpeech();
  const admin = useIsAdmin();
  const { item, search } = useAddress();
  const { data, error, refetch } = useQuery(oneIntegration(item ?? ''));
  if (error && !data) {
    const isGone = error instanceof ApiError && error.problem?.status === 404;
    if (!isGone) return <ProblemNotice error={error} retry={() => void refetch()} />;
    return (
      <p className="lonely">
        {texts.setup.unknownIntegration} <a href={hrefOf('integrations')}>{texts.setup.all}</a>
      </p>
    );
  }
  if (!data) return <Loading />;
  if (!admin) return <p className="lonely">{texts.setup.adminOnly}</p>;
  const steps = stepsOf(data);
  const step = stepNamed(search.get('step'), steps);
  const Step = STEPS[step];
  return (
    <StepFrame integration={data.id} title={say(data.titles)} step={step} steps={steps}>
      <Step key={`${data.id} ${step}`} integration={data} step={step} steps={steps} />
    </StepFrame>
  );
}
