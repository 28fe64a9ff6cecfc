import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { IntegrationFacts } from '../../../server/api/contract.ts';
import { useSpeech } from '../../language/language.tsx';
import { ConfirmDialog } from '../../pieces/confirm-dialog.tsx';
import { ProblemNotice } from '../../pieces/problem-notice.tsx';
import { catalogue } from './flow-queries.ts';
import { asIntegrationField, IntegrationFields } from './integration-fields.tsx';
import { integrationEffects, useCopy, useEdit, useRemove } from './integration-queries.ts';
import { useRefused } from './refused.ts';

/** What can be done to an integration beside its settings: its name, its accounts, its end. */
export function IntegrationActions({ integration }: { integration: IntegrationFacts }) {
  const { texts, say } = useSpeech();
  const words = texts.flows.integrations;
  const [asking, setAsking] = useState<'edit' | 'remove' | null>(null);
  const name = say(integration.titles);
  const end = () => setAsking(null);
  const copy = useCopy(integration.id);
  return (
    <>
      <p className="actions">
        <button type="button" aria-label={words.editOf(name)} onClick={() => setAsking('edit')}>
          {words.edit}
        </button>
        {!integration.followsTemplate && (
          <button
            type="button"
            aria-label={words.copyOf(name)}
            disabled={copy.isPending}
            onClick={() => copy.mutate(crypto.randomUUID())}
          >
            {words.copy}
          </button>
        )}
        <button type="button" aria-label={words.removeOf(name)} onClick={() => setAsking('remove')}>
          {words.remove}
        </button>
        {asking === 'edit' && <Edit integration={integration} onEnd={end} />}
        {asking === 'remove' && <Remove integration={integration} onEnd={end} />}
      </p>
      <p role="status" className="quiet">
        {copy.data && words.copied(say(copy.data.titles))}
      </p>
      {copy.error && <ProblemNotice error={copy.error} />}
    </>
  );
}

interface QuestionProps {
  readonly integration: IntegrationFacts;
  readonly onEnd: () => void;
}

function Edit({ integration, onEnd }: QuestionProps) {
  const { texts, say } = useSpeech();
  const words = texts.flows.integrations;
  const { data } = useQuery(catalogue());
  const offered = data?.flows.find(({ id }) => id === integration.flow.id);
  const held = Object.fromEntries(
    Object.entries(integration.connections).flatMap(([role, { connection }]) =>
      connection === null ? [] : [[role, connection]],
    ),
  );
  const [name, setName] = useState(integration.name ?? '');
  const [chosen, setChosen] = useState<Readonly<Record<string, string>>>(held);
  const edit = useEdit(integration.id);
  const refused = useRefused(edit.error);
  const changed = Object.fromEntries(
    Object.entries(chosen).filter(([role, connection]) => held[role] !== connection),
  );
  return (
    <ConfirmDialog
      title={words.editTitle(say(integration.titles))}
      yes={words.save}
      busy={edit.isPending}
      onYes={() =>
        edit.mutate(
          {
            name: name.trim() === '' ? null : name.trim(),
            ...(Object.keys(changed).length > 0 && { connections: changed }),
          },
          { onSuccess: onEnd },
        )
      }
      onCancel={onEnd}
    >
      <IntegrationFields
        roles={offered?.roles ?? {}}
        name={name}
        placeholder={say(integration.flow.titles)}
        chosen={chosen}
        refused={refused}
        onName={setName}
        onChoose={(role, connection) => setChosen({ ...chosen, [role]: connection })}
      />
      {edit.error && <ProblemNotice error={edit.error} nameOf={asIntegrationField} />}
    </ConfirmDialog>
  );
}

function Remove({ integration, onEnd }: QuestionProps) {
  const { texts, say, formats } = useSpeech();
  const words = texts.flows.integrations;
  const { data, error, refetch } = useQuery(integrationEffects(integration.id));
  const remove = useRemove(integration.id);
  const told = (count: number, text: (count: string, one: boolean) => string) =>
    count > 0 && <li>{text(formats.number(count), count === 1)}</li>;
  return (
    <ConfirmDialog
      danger
      title={words.removeTitle(say(integration.titles))}
      yes={words.remove}
      busy={remove.isPending || (!data && !error)}
      onYes={() => remove.mutate(undefined, { onSuccess: onEnd })}
      onCancel={onEnd}
    >
      {error && <ProblemNotice error={error} retry={() => void refetch()} />}
      {!data && !error && <p role="status">{texts.connections.looking}</p>}
      {data && (
        <ul className="effects">
          <li>{words.ends}</li>
          {told(data.links, words.links)}
          {told(data.waiting, words.waiting)}
          {told(data.shelved, words.shelved)}
          <li>{words.stays(formats.number(data.runs), data.runs === 1)}</li>
        </ul>
      )}
      {remove.error && <ProblemNotice error={remove.error} />}
    </ConfirmDialog>
  );
}
