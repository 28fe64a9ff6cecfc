import { useQuery } from '@tanstack/react-query';
import type { FlowDocument } from '../../../server/api/contract.ts';
import { useSpeech } from '../../language/language.tsx';
import { syncFields } from '../syncs/sync-queries.ts';

type Setting = FlowDocument['settings'][number];

/** What is set; an id that only the vendor can name is named as soon as it has been asked. */
export function SetValue({ flow, setting }: { flow: string; setting: Setting }) {
  const { say } = useSpeech();
  const { choice, value } = setting;
  const { data } = useQuery({ ...syncFields(flow), retry: false, enabled: choice !== undefined });
  if (choice === undefined) return <>{say(value)}</>;
  const option = data?.[choice.side].options.find(({ id }) => id === choice.option);
  const named = option?.choices?.find(({ id }) => id === choice.id);
  return named === undefined ? <code>{choice.id}</code> : say(named.titles);
}
