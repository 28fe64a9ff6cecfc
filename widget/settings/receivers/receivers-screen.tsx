/// <reference types="vite/client" />
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import '../../styles/receivers.css';
import type { Sentence } from '../../../server/core/sentence.ts';
import { useSpeech } from '../../language/language.tsx';
import { Loading } from '../../pieces/loading.tsx';
import { ProblemNotice } from '../../pieces/problem-notice.tsx';
import { useIsAdmin } from '../me.tsx';
import { NativeNote } from '../native-note.tsx';
import { AddReceiver } from './add-receiver.tsx';
import { allReceivers } from './receiver-queries.ts';
import { ReceiverRow } from './receiver-row.tsx';
import { ShownSecret } from './shown-secret.tsx';

const NATIVE: Sentence = {
  en: 'Zoho CRM sends webhooks of its own when a workflow rule fires, and Zoho Flow joins the applications of its list. Use them for what happens in the CRM itself. These tell what Liaison did, or could not do, and are signed.',
  fr: 'Zoho CRM envoie ses propres webhooks quand une règle de workflow se déclenche, et Zoho Flow relie les applications de sa liste. Utilisez-les pour ce qui se passe dans le CRM lui-même. Ceux-ci disent ce que Liaison a fait, ou n’a pas pu faire, et sont signés.',
};
const NATIVE_PAGE = 'https://www.zoho.com/crm/help/automation/webhooks.html';

/** Where other applications are told what Liaison does. */
export default function ReceiversScreen() {
  const { texts } = useSpeech();
  const words = texts.receivers;
  const admin = useIsAdmin();
  return (
    <div className="page receivers-page">
      <h1>{words.title}</h1>
      <p className="quiet">{words.intro}</p>
      <NativeNote native={NATIVE} page={NATIVE_PAGE} />
      {admin ? <Receivers /> : <p className="quiet">{words.adminOnly}</p>}
    </div>
  );
}

function Receivers() {
  const { texts } = useSpeech();
  const words = texts.receivers;
  const { data, error, refetch } = useQuery(allReceivers());
  const [secret, setSecret] = useState<{ readonly url: string; readonly secret: string } | null>(null);
  if (!data) return error ? <ProblemNotice error={error} retry={() => void refetch()} /> : <Loading />;
  return (
    <>
      {secret && <ShownSecret {...secret} done={() => setSecret(null)} />}
      <section aria-labelledby="receivers-all">
        <h2 id="receivers-all">{words.all}</h2>
        {data.receivers.length === 0 && <p>{words.none}</p>}
        <ul className="receiver-list">
          {data.receivers.map((receiver) => (
            <ReceiverRow
              key={receiver.id}
              receiver={receiver}
              offered={data.offered}
              showSecret={(text) => setSecret({ url: receiver.url, secret: text })}
            />
          ))}
        </ul>
      </section>
      <AddReceiver
        offered={data.offered}
        made={({ receiver, secret: text }) => setSecret({ url: receiver.url, secret: text })}
      />
    </>
  );
}
