import { useState } from 'react';
import { useSpeech } from '../../widget/language/language.tsx';
import { ProblemNotice } from '../../widget/pieces/problem-notice.tsx';
import { Switch } from '../../widget/pieces/switch.tsx';
import { connectHref } from '../../widget/settings/connections/connect-href.ts';
import { useMailWords } from '../language/words.ts';
import type { MailRecord } from '../mail/mail-record.ts';
import { useConversation, useSetConversation } from './mail-queries.ts';

interface ConversationSwitchProps {
  readonly conversation: string;
  /** Where its mails would be logged. */
  readonly records: readonly MailRecord[];
}

/** Has what comes and goes in a conversation logged without a hand. */
export function ConversationSwitch({ conversation, records }: ConversationSwitchProps) {
  const { texts, say, language } = useSpeech();
  const words = useMailWords();
  const [connecting, connect] = useState(false);
  const { data, error, refetch } = useConversation(conversation, connecting);
  const set = useSetConversation(conversation);
  if (data === undefined) return error ? <ProblemNotice error={error} retry={() => void refetch()} /> : null;
  // Where nobody can have it done, there is nothing to choose.
  if (data.state === 'no-mailbox' && data.connect === null) return null;
  const isOn = data.state === 'on';
  return (
    <section className="record-card conversation" aria-label={words.conversation}>
      <Switch
        label={words.conversation}
        text={words.conversation}
        on={isOn}
        disabled={set.isPending || data.state === 'no-mailbox' || (!isOn && records.length === 0)}
        onChange={(on) => set.mutate({ on, records: on ? records : [] })}
      />
      {data.state !== 'no-mailbox' && !isOn && records.length === 0 && (
        <p className="quiet">{words.conversationFirst}</p>
      )}
      {data.sentence !== null && <p className="quiet">{say(data.sentence)}</p>}
      {data.connect !== null && (
        <p>
          <a
            className="button"
            href={connectHref(data.connect, language)}
            target="_blank"
            rel="noopener"
            onClick={() => connect(true)}
          >
            {words.connectMailbox}
            <span className="unseen"> ({texts.record.newTab})</span>
          </a>
        </p>
      )}
      {isOn && (
        <p className="quiet">
          {words.conversationOn} {data.records.map(({ name, id }) => name ?? id).join(', ')}
        </p>
      )}
      {set.isError && <ProblemNotice error={set.error} />}
    </section>
  );
}
