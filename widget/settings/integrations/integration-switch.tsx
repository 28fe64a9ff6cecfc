import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { Flow, OverviewItem } from '../../../server/api/contract.ts';
import { call } from '../../api/client.ts';
import { useSpeech } from '../../language/language.tsx';
import { ProblemNotice } from '../../pieces/problem-notice.tsx';
import { Switch } from '../../pieces/switch.tsx';
import { useEdit } from '../flows/integration-queries.ts';
import { settingFields } from '../flows/setting-fields.ts';
import { StartDialog, startChoice } from '../flows/start-dialog.tsx';
import { setupHref } from '../setup/setup-address.ts';

type State = OverviewItem['standing']['state'];

/** A sync in one of these begins, or goes on, with a preview on its own page and not by a switch. */
const BY_PREVIEW: ReadonlySet<State> = new Set([
  'not-on-yet',
  'reading',
  'previewed',
  'again',
  'applying',
  'undoing',
  'paused',
]);

/** Turns an integration on and off. */
export function IntegrationSwitch({ item }: { item: OverviewItem }) {
  if (item.kind === 'automation') return <AutomationSwitch item={item} />;
  return BY_PREVIEW.has(item.standing.state) ? null : <SyncSwitch item={item} />;
}

function SyncSwitch({ item }: { item: OverviewItem }) {
  const edit = useEdit(item.id);
  return (
    <>
      <OnOff
        item={item}
        on={edit.isPending ? edit.variables.enabled === true : item.standing.state !== 'off'}
        disabled={edit.isPending}
        turn={(enabled) => edit.mutate({ enabled })}
      />
      {edit.error && <ProblemNotice error={edit.error} />}
    </>
  );
}

/** Is read before it is turned on: some ask what to begin with, and what is refused is called by its title. */
function AutomationSwitch({ item }: { item: OverviewItem }) {
  const { texts, language } = useSpeech();
  const edit = useEdit(item.id);
  const [asking, setAsking] = useState(false);
  const read = useMutation({
    mutationFn: async (): Promise<Flow | null> => {
      const found = await call('getIntegration', { params: { id: item.id } });
      return found.kind === 'automation' ? found : null;
    },
    onSuccess(found) {
      if (found !== null && startChoice(found, language) !== undefined) setAsking(true);
      else edit.mutate({ enabled: true });
    },
  });
  const flow = read.data ?? null;
  const choice = flow === null ? undefined : startChoice(flow, language);
  const titleOf = (refused: string) =>
    flow === null
      ? undefined
      : settingFields(flow.settings.schema, language).find(({ name }) => refused === `settings.${name}`)
          ?.title;
  const error = read.error ?? edit.error;
  return (
    <>
      <OnOff
        item={item}
        on={edit.isPending ? edit.variables.enabled === true : item.enabled}
        disabled={edit.isPending || read.isPending}
        turn={(on) => {
          edit.reset();
          if (on) read.mutate();
          else edit.mutate({ enabled: false });
        }}
      />
      {error && <ProblemNotice error={error} nameOf={titleOf} />}
      {edit.error && <a href={setupHref(item.id, 'settings')}>{texts.list.finish}</a>}
      {asking && flow !== null && choice !== undefined && (
        <StartDialog
          flow={flow}
          choice={choice}
          busy={edit.isPending}
          onCancel={() => setAsking(false)}
          onStart={(settings) =>
            edit.mutate({ enabled: true, settings }, { onSettled: () => setAsking(false) })
          }
        />
      )}
    </>
  );
}

interface OnOffProps {
  readonly item: OverviewItem;
  readonly on: boolean;
  readonly disabled: boolean;
  readonly turn: (on: boolean) => void;
}

function OnOff({ item, on, disabled, turn }: OnOffProps) {
  const { texts, say } = useSpeech();
  return (
    <Switch
      label={say(item.titles)}
      text={on ? texts.flows.on : texts.flows.off}
      on={on}
      disabled={disabled}
      onChange={turn}
    />
  );
}
