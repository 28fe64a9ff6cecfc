import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Flow, OverviewItem } from '../../../server/api/contract.ts';
import { call } from '../../api/client.ts';
import { useSpeech } from '../../language/language.tsx';
import { ProblemNotice } from '../../pieces/problem-notice.tsx';
import { Switch } from '../../pieces/switch.tsx';
import { useEdit } from '../flows/integration-queries.ts';
import { StartDialog, startChoice } from '../flows/start-dialog.tsx';

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

/** Turns an integration on and off. One that is asked what to begin with asks. */
export function IntegrationSwitch({ item }: { item: OverviewItem }) {
  const { texts, say, language } = useSpeech();
  const { state } = item.standing;
  const edit = useEdit(item.id);
  const queries = useQueryClient();
  const [starting, setStarting] = useState<Flow | null>(null);
  const [looking, setLooking] = useState(false);
  const [unread, setUnread] = useState<Error | null>(null);
  const choice = starting === null ? undefined : startChoice(starting, language);
  if (item.kind === 'sync' && BY_PREVIEW.has(state)) return null;
  const isOn = item.kind === 'sync' ? state !== 'off' : item.enabled;
  const shown = edit.isPending ? edit.variables.enabled === true : isOn;

  async function turnOn(): Promise<void> {
    if (item.kind === 'sync') return edit.mutate({ enabled: true });
    setLooking(true);
    setUnread(null);
    try {
      const found = await queries.fetchQuery({
        queryKey: ['integrations', 'one', item.id],
        queryFn: () => call('getIntegration', { params: { id: item.id } }),
        staleTime: 0,
      });
      if (found.kind === 'automation' && startChoice(found, language) !== undefined) setStarting(found);
      else edit.mutate({ enabled: true });
    } catch (error) {
      setUnread(error instanceof Error ? error : new Error(String(error)));
    } finally {
      setLooking(false);
    }
  }

  const error = unread ?? edit.error;
  return (
    <>
      <Switch
        label={say(item.titles)}
        text={shown ? texts.flows.on : texts.flows.off}
        on={shown}
        disabled={edit.isPending || looking}
        onChange={(on) => (on ? void turnOn() : edit.mutate({ enabled: false }))}
      />
      {error && <ProblemNotice error={error} />}
      {starting !== null && choice !== undefined && (
        <StartDialog
          flow={starting}
          choice={choice}
          busy={edit.isPending}
          onCancel={() => setStarting(null)}
          onStart={(settings) =>
            edit.mutate({ enabled: true, settings }, { onSettled: () => setStarting(null) })
          }
        />
      )}
    </>
  );
}
