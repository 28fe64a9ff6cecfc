import { useState } from 'react';
import type { MoneyAccountView, MoneyDifference } from '../../../server/api/contract.ts';
import { call } from '../../api/client.ts';
import { useSpeech } from '../../language/language.tsx';
import { ProblemNotice } from '../../pieces/problem-notice.tsx';
import { hrefOf } from '../address.ts';
import { useIsAdmin } from '../me.tsx';
import { AcceptDialog } from './accept-dialog.tsx';
import { useMoneyAction } from './money-queries.ts';

interface FoundRowProps {
  readonly account: MoneyAccountView;
  readonly difference: MoneyDifference;
  readonly tell: (what: string) => void;
}

type Action = MoneyDifference['actions'][number];

/** One difference: what both say, why, and what mends it. */
export function FoundRow({ account, difference, tell }: FoundRowProps) {
  const { texts, say, formats } = useSpeech();
  const words = texts.money.found;
  const admin = useIsAdmin();
  const [accepting, setAccepting] = useState(false);
  const params = { account: account.id };
  const { key, kind, currency, vendor, books, who, reference, state, accepted, says } = difference;
  const takeUp = useMoneyAction(() => call('takeUpMoney', { params, body: { key } }));
  const replay = useMoneyAction((run: string) => call('replayRun', { params: { id: run } }));
  const unaccept = useMoneyAction(() => call('acceptMoneyDifference', { params, body: { key, note: null } }));
  const failed = takeUp.error ?? replay.error ?? unaccept.error;
  const busy = takeUp.isPending || replay.isPending || unaccept.isPending;
  const what = `${words.kinds[kind]} ${who ?? reference}`;
  const sideText = (side: MoneyDifference['vendor']) =>
    side === null ? (
      words.nothing
    ) : (
      <>
        {formats.money({ minor: side.minor, currency })}{' '}
        <span className="quiet">{words.on(formats.date(side.day))}</span>
      </>
    );

  const act: Readonly<Record<Exclude<Action, 'shelf' | 'open'>, () => void>> = {
    'take-up': () => takeUp.mutate(undefined, { onSuccess: () => tell(words.taken) }),
    replay: () => replay.mutate(difference.run ?? '', { onSuccess: () => tell(words.replayed) }),
    accept: () => setAccepting(true),
    unaccept: () => unaccept.mutate(undefined),
  };
  const hrefs: Readonly<Partial<Record<Action, string | null>>> = {
    shelf: hrefOf('log', {
      state: 'shelved',
      integration: difference.integration,
      run: difference.run,
    }),
    open: difference.documentUrl,
  };

  return (
    <li data-reason={difference.reason} data-state={state}>
      <p className="found-what">
        <strong>{say(difference.words)}</strong> <span className="tag">{words.states[state]}</span>
      </p>
      <p>
        {words.kinds[kind]}
        {who !== null && ` · ${who}`} · <code>{reference}</code>
      </p>
      {(vendor?.minor ?? 0) + (books?.minor ?? 0) !== 0 && (
        <dl className="sides">
          <div>
            <dt>{say(account.connector.titles)}</dt>
            <dd>{sideText(vendor)}</dd>
          </div>
          <div>
            <dt>{say(account.books.titles)}</dt>
            <dd>{sideText(books)}</dd>
          </div>
        </dl>
      )}
      {says !== null && <p className="quiet">{say(says)}</p>}
      {accepted !== null && (
        <p className="quiet">
          {words.acceptedBy(accepted.by)} {words.on(formats.day(accepted.at))} <q>{accepted.note}</q>
        </p>
      )}
      {failed && <ProblemNotice error={failed} />}
      <div className="actions">
        {difference.actions.map((action) => {
          if (action === 'shelf' || action === 'open') {
            const href = hrefs[action];
            return href === undefined || href === null ? null : (
              <a
                key={action}
                className="button"
                href={href}
                {...(action === 'open' && { target: '_blank', rel: 'noreferrer' })}
                aria-label={words.actionOf(words.actions[action], what)}
              >
                {words.actions[action]}
              </a>
            );
          }
          return (
            admin && (
              <button
                key={action}
                type="button"
                disabled={busy}
                aria-label={words.actionOf(words.actions[action], what)}
                onClick={act[action]}
              >
                {words.actions[action]}
              </button>
            )
          );
        })}
        {difference.vendorUrl !== null && (
          <a
            href={difference.vendorUrl}
            target="_blank"
            rel="noreferrer"
            aria-label={words.actionOf(words.vendorLink, what)}
          >
            {words.vendorLink}
          </a>
        )}
      </div>
      {accepting && (
        <AcceptDialog
          account={account.id}
          difference={difference}
          what={what}
          close={() => setAccepting(false)}
        />
      )}
    </li>
  );
}
