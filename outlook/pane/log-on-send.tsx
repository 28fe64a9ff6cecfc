import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { Switch } from '../../widget/pieces/switch.tsx';
import { useMailWords } from '../language/words.ts';
import type { MailRecord } from '../mail/mail-record.ts';
import type { Draft } from '../office/item.ts';
import type { SendWish } from '../office/send-wish.ts';
import { ChooseRecords } from './choose-records.tsx';
import { useOutlook } from './in-outlook.tsx';
import type { Choice } from './use-choice.ts';

/** Has the draft logged when it is sent: what is wished is left with the draft, where `send/` finds it. */
export function LogOnSend({ draft, choice }: { draft: Draft; choice: Choice }) {
  const words = useMailWords();
  const outlook = useOutlook();
  const queries = useQueryClient();
  const key = ['outlook', draft.key, 'on-send'];
  const kept = useQuery({
    queryKey: key,
    queryFn: () => outlook.onSend(draft),
    enabled: outlook.tellsOfSending,
  });
  const keep = useMutation({
    mutationFn: async (wish: SendWish | null) => {
      await outlook.keepOnSend(draft, wish);
      return wish;
    },
    onSuccess: (wish) => queries.setQueryData(key, wish),
  });
  const isOn = (kept.data ?? null) !== null;
  const wishFor = (records: readonly MailRecord[]): SendWish | null =>
    records.length === 0 ? null : { draftId: kept.data?.draftId ?? crypto.randomUUID(), records };
  // Whoever chooses others while it is on means these.
  const chosen = JSON.stringify(choice.records);
  const last = useRef(chosen);
  useEffect(() => {
    if (last.current === chosen) return;
    last.current = chosen;
    if (isOn) keep.mutate(wishFor(JSON.parse(chosen) as MailRecord[]));
  });
  if (!outlook.tellsOfSending) return <p className="record-card quiet">{words.onSendNot}</p>;
  return (
    <section className="record-card log-mail" aria-label={words.onSend}>
      <Switch
        label={words.onSend}
        text={words.onSend}
        on={isOn}
        disabled={kept.isPending || keep.isPending || (!isOn && choice.records.length === 0)}
        onChange={(on) => keep.mutate(on ? wishFor(choice.records) : null)}
      />
      <p className="quiet" role="status">
        {isOn ? words.onSendKept : words.onSendHint}
      </p>
      {keep.isError && (
        <p className="part-notice down" role="alert">
          {words.onSendFailed}
        </p>
      )}
      <ChooseRecords choice={choice} />
    </section>
  );
}
