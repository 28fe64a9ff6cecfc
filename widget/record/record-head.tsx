import type { RecordActivity, RecordPage } from '../../server/api/contract.ts';
import type { LineState } from '../api/live-line.ts';
import { useSpeech } from '../language/language.tsx';
import { CopyButton } from '../pieces/copy-button.tsx';
import { LanguageChoice } from '../settings/language-choice.tsx';
import { SignOutButton } from '../sign-in/sign-out-button.tsx';
import { momentText } from './moment-text.ts';
import { type RecordAddress, useSyncNow } from './record-queries.ts';
import { useWho } from './who.tsx';

interface RecordHeadProps {
  readonly record: RecordAddress;
  readonly page: RecordPage | undefined;
  readonly line: LineState;
  readonly standings: RecordActivity['syncs'];
}

const MOST_ADDRESSES = 2;

/** Whose page this is, how it was looked up, and what concerns all its cards. */
export function RecordHead({ record, page, line, standings }: RecordHeadProps) {
  const { texts, formats, say } = useSpeech();
  const words = texts.record;
  const syncNow = useSyncNow(record);
  const user = useWho()?.user;
  const isAsked = syncNow.isSuccess && !syncNow.isPending;
  const paused = standings.filter(({ phase }) => phase === 'paused').map(({ sync }) => say(sync.titles));
  return (
    <header className="record-head">
      <div className="record-name">
        <h1>{page?.title ?? ' '}</h1>
        {page?.emails.slice(0, MOST_ADDRESSES).map((address) => (
          <p key={address} className="quiet">
            {address} <CopyButton text={address} what={address} />
          </p>
        ))}
        {page?.emails.length === 0 && <p className="quiet">{words.noAddress}</p>}
        {page !== undefined && page.emails.length > MOST_ADDRESSES && (
          <p className="quiet">+ {formats.number(page.emails.length - MOST_ADDRESSES)}</p>
        )}
      </div>
      <div className="record-tools">
        <span
          className={`line line-${line}`}
          title={line === 'live' ? words.liveHint : undefined}
          role="status"
        >
          {line === 'live' ? words.live : line === 'lost' ? words.notLive : ''}
        </span>
        <button type="button" disabled={syncNow.isPending} onClick={() => syncNow.mutate()}>
          {syncNow.isPending ? words.syncing : words.syncNow}
        </button>
        <span className={paused.length === 0 ? 'unseen' : 'quiet'} role="status">
          {isAsked && (paused.length === 0 ? words.synced : words.syncedButPaused(paused.join(', ')))}
        </span>
        <LanguageChoice />
        {user && <span className="quiet">{words.signedInAs(user.name)}</span>}
        <SignOutButton />
      </div>
      {page?.stale && (
        <p className="part-notice down" role="status">
          {words.stale(momentText(page.at, formats))}
        </p>
      )}
    </header>
  );
}
