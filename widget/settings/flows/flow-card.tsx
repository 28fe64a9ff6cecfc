import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Answer, Flow, IntegrationChange } from '../../../server/api/contract.ts';
import { call } from '../../api/client.ts';
import { useSpeech } from '../../language/language.tsx';
import { ProblemNotice } from '../../pieces/problem-notice.tsx';
import { Switch } from '../../pieces/switch.tsx';
import { hrefOf } from '../address.ts';
import { OVERVIEW_KEY } from '../integrations/overview-queries.ts';
import { useIsAdmin } from '../me.tsx';
import { NativeNote } from '../native-note.tsx';
import { ChosenAccounts } from './chosen-accounts.tsx';
import { FLOW_KEY } from './flow-queries.ts';
import { IntegrationActions } from './integration-actions.tsx';
import { LooksLine } from './looks-line.tsx';
import { settingFields } from './setting-fields.ts';
import { SettingsForm } from './settings-form.tsx';
import { StartDialog, startChoice } from './start-dialog.tsx';
import { TryPanel } from './try-panel.tsx';

/** One flow: its sentence, its switch, what it needs, what it does, its settings. */
export function FlowCard({ flow }: { flow: Flow }) {
  const { texts, say, language } = useSpeech();
  const [open, setOpen] = useState(false);
  const [starting, setStarting] = useState(false);
  const [draft, setDraft] = useState<Readonly<Record<string, unknown>>>({});
  const choice = startChoice(flow, language);
  const admin = useIsAdmin();
  const toggle = useChange(flow.id);
  const save = useChange(flow.id);
  const held = useHeldFlow(flow.id);
  const on = toggle.isPending ? toggle.variables.enabled === true : flow.enabled;
  const titleOf = (refused: string) =>
    settingFields(flow.settings.schema, language).find(({ name }) => refused === `settings.${name}`)?.title;
  const missing = flow.connectors.filter(({ connected }) => !connected);
  return (
    <article className="card" aria-labelledby={`flow-${flow.id}`}>
      <header>
        <h2 id={`flow-${flow.id}`}>{say(flow.titles)}</h2>
        <span className="tag">{texts.flows[flow.kind]}</span>
        <Switch
          label={say(flow.titles)}
          text={on ? texts.flows.on : texts.flows.off}
          on={on}
          disabled={!admin || toggle.isPending}
          onChange={(enabled) =>
            enabled && choice !== undefined ? setStarting(true) : toggle.mutate({ enabled })
          }
        />
      </header>
      {starting && choice !== undefined && (
        <StartDialog
          flow={flow}
          choice={choice}
          busy={toggle.isPending}
          onCancel={() => setStarting(false)}
          onStart={(settings) =>
            toggle.mutate({ enabled: true, settings }, { onSettled: () => setStarting(false) })
          }
        />
      )}
      <p>{say(flow.direction)}</p>
      <p className="quiet">
        {texts.flows.frequency} {say(flow.frequency)}
      </p>
      {flow.enabled && flow.looks && <LooksLine looks={flow.looks} />}
      {toggle.error && <ProblemNotice error={toggle.error} nameOf={titleOf} />}
      {missing.length > 0 && (
        <p className={flow.enabled ? 'wrong' : 'quiet'}>
          {texts.flows.missing(missing.map(({ titles }) => say(titles)).join(', '))}{' '}
          <a href={hrefOf('connections')}>{texts.flows.connect}</a>
        </p>
      )}
      <ChosenAccounts integration={flow} />
      <p className="quiet">
        {flow.connectors.map(({ titles }) => say(titles)).join(' · ')} ·{' '}
        <a href={hrefOf('log', { integration: flow.id })}>{texts.flows.runs}</a> ·{' '}
        <a href={hrefOf('documents', { flow: flow.id })}>{texts.flows.documentation}</a>
      </p>
      {flow.steps.length > 0 && (
        <details>
          <summary>{texts.flows.steps}</summary>
          <ol className="plain-steps">
            {flow.steps.map((step) => (
              <li key={step.name}>
                {say(step.titles)}{' '}
                {step.connector && <span className="quiet">{say(step.connector.titles)}</span>}
              </li>
            ))}
          </ol>
        </details>
      )}
      <details onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>{texts.flows.settings}</summary>
        <SettingsForm
          flow={flow.id}
          settings={flow.settings}
          previews={open && flow.previews}
          shown={open}
          disabled={!admin}
          saving={save.isPending}
          saved={save.isSuccess}
          error={save.error}
          unchecked={save.data?.unchecked ?? []}
          onEdit={() => save.reset()}
          onDraft={setDraft}
          onSave={(change, ends) => save.mutate(change, ends)}
          onOtherSaved={(saved) => held((one) => ({ ...one, settings: { ...one.settings, ...saved } }))}
        />
      </details>
      {admin && <TryPanel integration={flow.id} unsaved={unsaved(flow, draft)} />}
      {admin && <IntegrationActions integration={flow} />}
      <NativeNote native={flow.native} />
    </article>
  );
}

/** What of a form differs from what is saved; null: nothing. */
function unsaved({ settings: { values } }: Flow, draft: Readonly<Record<string, unknown>>) {
  const changed = Object.entries(draft).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(values[name]),
  );
  return changed.length === 0 ? null : Object.fromEntries(changed);
}

/** Changes the flow among those that are held. */
function useHeldFlow(id: string) {
  const queries = useQueryClient();
  return (change: (flow: Flow) => Flow) =>
    queries.setQueryData(FLOW_KEY, (held: Answer<'listIntegrations'> | undefined) =>
      held
        ? {
            integrations: held.integrations.map((one) =>
              one.kind === 'automation' && one.id === id ? change(one) : one,
            ),
          }
        : undefined,
    );
}

function useChange(id: string) {
  const held = useHeldFlow(id);
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: IntegrationChange) => call('setIntegration', { params: { id }, body }),
    onSuccess: (changed) => {
      if (changed.kind === 'automation') held(() => changed);
      void queries.invalidateQueries({ queryKey: OVERVIEW_KEY });
    },
  });
}
