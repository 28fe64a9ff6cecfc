import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import '../../styles/setup.css';
import type { OfferedFlow } from '../../../server/api/contract.ts';
import { useSpeech } from '../../language/language.tsx';
import { Loading } from '../../pieces/loading.tsx';
import { ProblemNotice } from '../../pieces/problem-notice.tsx';
import { go, hrefOf, useAddress } from '../address.ts';
import { catalogue } from '../flows/flow-queries.ts';
import { useMake } from '../flows/integration-queries.ts';
import { useIsAdmin } from '../me.tsx';
import { useAccountsDraft } from './accounts-draft.ts';
import { AccountsStep } from './accounts-step.tsx';
import { setupHref } from './setup-address.ts';
import { stepsBefore, stepsOf } from './setup-steps.ts';
import { StepFrame } from './step-frame.tsx';

/** The first step of a new integration of a flow: once it has its accounts, it is made, and stays off. */
export default function NewSetup() {
  const { texts } = useSpeech();
  const admin = useIsAdmin();
  const { item } = useAddress();
  // Whoever comes back from a vendor’s tab has connected something there.
  const { data, error, refetch } = useQuery({ ...catalogue(), refetchOnWindowFocus: 'always' });
  if (error) return <ProblemNotice error={error} retry={() => void refetch()} />;
  if (!data) return <Loading />;
  const flow = data.flows.find(({ id }) => id === item);
  if (!admin) return <p className="lonely">{texts.setup.adminOnly}</p>;
  if (flow === undefined)
    return (
      <p className="lonely">
        {texts.setup.unknown} <a href={hrefOf('integrations')}>{texts.setup.all}</a>
      </p>
    );
  return <First key={flow.id} flow={flow} />;
}

function First({ flow }: { flow: OfferedFlow }) {
  const { say } = useSpeech();
  // One for as long as the page stands: pressed twice, it makes one.
  const [onceBy] = useState(() => crypto.randomUUID());
  const { draft, keep, forget } = useAccountsDraft(flow.id, { name: '', chosen: {} });
  const make = useMake(onceBy);
  return (
    <StepFrame integration={null} title={say(flow.titles)} step="accounts" steps={stepsBefore(flow.kind)}>
      <AccountsStep
        flow={flow}
        draft={draft}
        busy={make.isPending}
        error={make.error}
        onChange={keep}
        onDone={() =>
          make.mutate(
            { flow: flow.id, name: draft.name.trim(), connections: draft.chosen },
            {
              onSuccess(made) {
                forget();
                // The way back leads to the accounts of what was made, not to making another one.
                go(setupHref(made.id, 'accounts'), { replace: true });
                go(setupHref(made.id, stepsOf(made)[1] ?? 'accounts'));
              },
            },
          )
        }
      />
    </StepFrame>
  );
}
