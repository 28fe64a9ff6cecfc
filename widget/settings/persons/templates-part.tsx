import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { Template, TemplateChange, Templates } from '../../../server/api/contract.ts';
import { call } from '../../api/client.ts';
import { useSpeech } from '../../language/language.tsx';
import { ConfirmDialog } from '../../pieces/confirm-dialog.tsx';
import { Loading } from '../../pieces/loading.tsx';
import { ProblemNotice } from '../../pieces/problem-notice.tsx';
import { Switch } from '../../pieces/switch.tsx';
import { allTemplates, usePersonAction } from './person-queries.ts';
import { TemplateRules } from './template-rules.tsx';

/** What an admin prepares for persons. */
export function TemplatesPart() {
  const { texts } = useSpeech();
  const words = texts.persons.templates;
  const { data, error, refetch } = useQuery(allTemplates());
  return (
    <section aria-labelledby="persons-templates">
      <h2 id="persons-templates">{words.title}</h2>
      <p className="quiet">{words.intro}</p>
      {error && <ProblemNotice error={error} retry={() => void refetch()} />}
      {!data && !error && <Loading />}
      {data && data.templates.length === 0 && <p>{words.none}</p>}
      {data?.templates.map((template) => (
        <TemplateCard key={template.id} template={template} />
      ))}
      {data && data.offered.length > 0 && <AddTemplate offered={data.offered} />}
    </section>
  );
}

function TemplateCard({ template }: { template: Template }) {
  const { say, texts } = useSpeech();
  const words = texts.persons.templates;
  const [deleting, setDeleting] = useState(false);
  const [saved, setSaved] = useState(false);
  const set = usePersonAction((body: TemplateChange) =>
    call('setTemplate', { params: { template: template.id }, body }),
  );
  const remove = usePersonAction(() => call('deleteTemplate', { params: { template: template.id } }));
  const name = say(template.titles);
  const shared = Object.values(template.connections);
  const failed = set.error ?? remove.error;
  return (
    <article className="template" aria-label={name}>
      <div className="person-line">
        <h3>{name}</h3>
        <Switch
          label={words.switchOf(name)}
          text={template.open ? words.open : words.closed}
          on={template.open}
          disabled={set.isPending}
          onChange={(open) => set.mutate({ open })}
        />
        <button type="button" aria-label={words.deleteOf(name)} onClick={() => setDeleting(true)}>
          {words.delete}
        </button>
      </div>
      {failed && <ProblemNotice error={failed} />}
      <p>
        {words.account(say(template.account.connector.titles))}{' '}
        {shared
          .map(({ account }) => (account === null ? words.absent : words.shared(account.name)))
          .join(' ')}{' '}
        <span className="quiet">{words.persons(template.persons)}</span>
      </p>
      <details>
        <summary>{words.edit}</summary>
        {/* What somebody else saves is what the form begins with anew. */}
        <TemplateRules key={template.version} template={template} onSaved={() => setSaved(true)} />
      </details>
      <p role="status">{saved ? words.saved : ''}</p>
      {deleting && (
        <ConfirmDialog
          title={words.deleteTitle(name)}
          yes={words.deleteYes}
          danger
          busy={remove.isPending}
          onCancel={() => setDeleting(false)}
          onYes={() => remove.mutate(undefined, { onSettled: () => setDeleting(false) })}
        >
          <p>{words.deleteBody(template.persons)}</p>
        </ConfirmDialog>
      )}
    </article>
  );
}

function AddTemplate({ offered }: Pick<Templates, 'offered'>) {
  const { say, texts } = useSpeech();
  const words = texts.persons.templates;
  const [flow, setFlow] = useState(offered[0]?.id ?? '');
  const [from, setFrom] = useState('');
  const { data } = useQuery({ queryKey: ['persons', 'sources'], queryFn: () => call('listIntegrations') });
  const sources = (data?.integrations ?? []).filter(
    (one) => one.flow.id === flow && one.owner === 'organisation',
  );
  const make = usePersonAction((body: { flow: string; from?: string }) => call('makeTemplate', { body }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    make.mutate({ flow, ...(sources.some(({ id }) => id === from) && { from }) });
  };
  return (
    <form className="template add" onSubmit={submit}>
      <h3>{words.add}</h3>
      <label>
        {words.flow}{' '}
        <select value={flow} onChange={({ target }) => setFlow(target.value)}>
          {offered.map(({ id, titles }) => (
            <option key={id} value={id}>
              {say(titles)}
            </option>
          ))}
        </select>
      </label>
      <label>
        {words.from}{' '}
        <select value={from} onChange={({ target }) => setFrom(target.value)}>
          <option value="">{words.fromFlow}</option>
          {sources.map(({ id, titles }) => (
            <option key={id} value={id}>
              {say(titles)}
            </option>
          ))}
        </select>
      </label>
      {make.error && <ProblemNotice error={make.error} />}
      <button type="submit" className="primary" disabled={make.isPending}>
        {words.add}
      </button>
    </form>
  );
}
