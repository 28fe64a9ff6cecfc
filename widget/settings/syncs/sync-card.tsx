import type { SyncSummary } from '../../../server/api/contract.ts';
import { useSpeech } from '../../language/language.tsx';
import { hrefOf } from '../address.ts';
import { ChosenAccounts } from '../flows/chosen-accounts.tsx';
import { NativeNote } from '../native-note.tsx';
import { MissingConnections } from './missing-connections.tsx';
import { PassProgress } from './pass-progress.tsx';
import { StatusLine } from './status-line.tsx';

/** One sync in the list: what it does, and how it stands. */
export function SyncCard({ sync }: { sync: SyncSummary }) {
  const { texts, say } = useSpeech();
  return (
    <article className="card sync-card" aria-labelledby={`sync-${sync.id}`}>
      <header>
        <h2 id={`sync-${sync.id}`}>
          <a href={hrefOf('syncs', { sync: sync.id })}>{say(sync.titles)}</a>
        </h2>
      </header>
      <p>{say(sync.direction)}</p>
      <ChosenAccounts integration={sync} />
      <StatusLine sync={sync} />
      <PassProgress sync={sync} />
      {sync.pause && sync.pause.code !== 'admin' && <p className="wrong">{say(sync.pause.sentence)}</p>}
      {sync.error && <p className="wrong">{say(sync.error.sentence)}</p>}
      <MissingConnections sync={sync} />
      <NativeNote native={sync.native} />
      <p>
        <a href={hrefOf('documents', { flow: sync.id })}>{texts.flows.documentation}</a>
      </p>
    </article>
  );
}
