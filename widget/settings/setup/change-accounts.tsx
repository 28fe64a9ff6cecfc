import { useQuery } from '@tanstack/react-query';
import { Loading } from '../../pieces/loading.tsx';
import { ProblemNotice } from '../../pieces/problem-notice.tsx';
import { go } from '../address.ts';
import { catalogue } from '../flows/flow-queries.ts';
import { useAccountsDraft } from './accounts-draft.ts';
import { AccountsStep } from './accounts-step.tsx';
import { setupHref } from './setup-address.ts';
import { useSetupChange } from './setup-queries.ts';
import type { StepProps } from './setup-screen.tsx';
import { stepAfter } from './setup-steps.ts';

/** The name and the accounts of an integration that is there. */
export function ChangeAccounts(props: StepProps) {
  const { integration } = props;
  const { data, error, refetch } = useQuery({ ...catalogue(), refetchOnWindowFocus: 'always' });
  if (error) return <ProblemNotice error={error} retry={() => void refetch()} />;
  const flow = data?.flows.find(({ id }) => id === integration.flow.id);
  return flow === undefined ? <Loading /> : <Change {...props} flow={flow} />;
}

function Change({
  integration,
  step,
  steps,
  flow,
}: StepProps & { readonly flow: Parameters<typeof AccountsStep>[0]['flow'] }) {
  const { id, name, connections } = integration;
  const held = Object.fromEntries(
    Object.entries(connections).flatMap(([role, { connection }]) =>
      connection === null ? [] : [[role, connection]],
    ),
  );
  const { draft, keep, forget } = useAccountsDraft(id, { name: name ?? '', chosen: held });
  const change = useSetupChange(id);
  const next = setupHref(id, stepAfter(step, steps) ?? step);
  const chosen = Object.fromEntries(
    Object.entries(draft.chosen).filter(([role, connection]) => held[role] !== connection),
  );
  const typed = draft.name.trim() === '' ? null : draft.name.trim();
  const done = () => {
    forget();
    go(next);
  };
  return (
    <AccountsStep
      flow={flow}
      draft={draft}
      busy={change.isPending}
      error={change.error}
      onChange={keep}
      onDone={() => {
        const isSame = typed === name && Object.keys(chosen).length === 0;
        if (isSame) done();
        else
          change.mutate(
            {
              ...(typed !== name && { name: typed }),
              ...(Object.keys(chosen).length > 0 && { connections: chosen }),
            },
            { onSuccess: done },
          );
      }}
    />
  );
}
