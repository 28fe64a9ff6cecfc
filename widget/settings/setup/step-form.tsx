import { useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import type { Flow } from '../../../server/api/contract.ts';
import { go } from '../address.ts';
import type { SettingField } from '../flows/setting-fields.ts';
import { type Beside, SettingsForm } from '../flows/settings-form.tsx';
import { setupHref } from './setup-address.ts';
import { oneIntegration, useSetupChange } from './setup-queries.ts';
import type { StepProps } from './setup-screen.tsx';
import { stepAfter } from './setup-steps.ts';

interface StepFormProps extends StepProps<Flow> {
  readonly only: (field: SettingField) => boolean;
  readonly previews: boolean;
  readonly beside?: Beside;
  readonly error?: (error: unknown) => void;
}

/** A step in which settings are saved. What is off need not work as a whole before the last of them. */
export function StepForm({ integration: flow, step, steps, only, previews, beside, error }: StepFormProps) {
  const queries = useQueryClient();
  const save = useSetupChange(flow.id);
  const untold = useRef(false);
  return (
    <SettingsForm
      flow={flow.id}
      settings={flow.settings}
      previews={previews}
      shown
      disabled={false}
      saving={save.isPending}
      saved={save.isSuccess}
      error={save.error}
      unchecked={save.data !== undefined && 'unchecked' in save.data ? save.data.unchecked : []}
      only={only}
      {...(beside && { beside })}
      onwards={() => {
        // What could not be checked is read before it is gone on.
        if (!untold.current) go(setupHref(flow.id, stepAfter(step, steps) ?? step));
        untold.current = false;
      }}
      onEdit={() => {
        save.reset();
        error?.(null);
      }}
      onSave={(change, { onSuccess, onError }) =>
        save.mutate(flow.enabled ? change : { ...change, unfinished: true }, {
          onSuccess(changed) {
            untold.current = 'unchecked' in changed && changed.unchecked.length > 0;
            onSuccess();
          },
          onError(thrown) {
            error?.(thrown);
            onError(thrown);
          },
        })
      }
      onOtherSaved={(saved) =>
        queries.setQueryData(oneIntegration(flow.id).queryKey, (held) =>
          held?.kind === 'automation' ? { ...held, settings: { ...held.settings, ...saved } } : held,
        )
      }
    />
  );
}
