import { useState } from 'react';
import type { OfferedFlow } from '../../../server/api/contract.ts';
import { useSpeech } from '../../language/language.tsx';
import { ConfirmDialog } from '../../pieces/confirm-dialog.tsx';
import { ProblemNotice } from '../../pieces/problem-notice.tsx';
import { asIntegrationField, IntegrationFields } from './integration-fields.tsx';
import { useMake } from './integration-queries.ts';
import { useRefused } from './refused.ts';

/** What sets a flow up, a first time or once more. */
export function AddIntegration({ flow, first }: { flow: OfferedFlow; first: boolean }) {
  const { texts, say } = useSpeech();
  const words = texts.flows.integrations;
  const [asking, setAsking] = useState(false);
  const title = say(flow.titles);
  return (
    <>
      <button
        type="button"
        aria-label={first ? words.setUpOf(title) : words.addOf(title)}
        onClick={() => setAsking(true)}
      >
        {first ? words.setUp : words.add}
      </button>
      {asking && <Question flow={flow} onEnd={() => setAsking(false)} />}
    </>
  );
}

function Question({ flow, onEnd }: { flow: OfferedFlow; onEnd: () => void }) {
  const { texts, say } = useSpeech();
  const words = texts.flows.integrations;
  // One for as long as the question stands: clicked twice, it makes one.
  const [onceBy] = useState(() => crypto.randomUUID());
  const [name, setName] = useState('');
  const [chosen, setChosen] = useState<Readonly<Record<string, string>>>({});
  const make = useMake(onceBy);
  const refused = useRefused(make.error);
  return (
    <ConfirmDialog
      title={words.addTitle(say(flow.titles))}
      yes={words.addYes}
      busy={make.isPending}
      onYes={() =>
        make.mutate({ flow: flow.id, name: name.trim(), connections: chosen }, { onSuccess: onEnd })
      }
      onCancel={onEnd}
    >
      <p className="quiet">{words.addHint}</p>
      <IntegrationFields
        roles={flow.roles}
        name={name}
        placeholder={say(flow.titles)}
        chosen={chosen}
        refused={refused}
        onName={setName}
        onChoose={(role, connection) => setChosen({ ...chosen, [role]: connection })}
      />
      {make.error && <ProblemNotice error={make.error} nameOf={asIntegrationField} />}
    </ConfirmDialog>
  );
}
