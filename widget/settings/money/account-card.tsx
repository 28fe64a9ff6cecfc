import type { MoneyAccountView } from '../../../server/api/contract.ts';
import { call } from '../../api/client.ts';
import { useSpeech } from '../../language/language.tsx';
import { Icon } from '../../pieces/icon.tsx';
import { Moment } from '../../pieces/moment.tsx';
import { ProblemNotice } from '../../pieces/problem-notice.tsx';
import { hrefOf } from '../address.ts';
import { AccountDetail } from './account-detail.tsx';
import { CheckProgress } from './check-progress.tsx';
import { useMoneyAction } from './money-queries.ts';
import { TotalsTable } from './totals-table.tsx';

interface AccountCardProps {
  readonly account: MoneyAccountView;
  readonly isOpened: boolean;
  readonly isOnly: boolean;
}

/** One account beside the books: what both say, when that was found, and the check that is under way. */
export function AccountCard({ account, isOpened, isOnly }: AccountCardProps) {
  const { texts, say, formats } = useSpeech();
  const words = texts.money;
  const title = `money-${account.id}`;
  const vendor = say(account.connector.titles);
  const name = account.account === vendor ? vendor : `${vendor} · ${account.account}`;
  const check = useMoneyAction(() => call('checkMoney', { body: { account: account.id } }));
  const { failed, checkedAt, from, to } = account;
  return (
    <article className="card" aria-labelledby={title} data-account={account.id}>
      <header>
        <h2 id={title}>{name}</h2>
        <span className="quiet">{words.beside(vendor, say(account.books.titles))}</span>
        <span className="card-actions">
          {account.check === null && (
            <button
              type="button"
              className={checkedAt === null ? 'primary' : ''}
              disabled={check.isPending}
              aria-label={words.checkNamed(name)}
              onClick={() => check.mutate(undefined)}
            >
              {words.check}
            </button>
          )}
          {!isOnly && (
            <a
              className="button"
              href={hrefOf('money', isOpened ? {} : { account: account.id })}
              aria-label={isOpened ? words.lessNamed(name) : words.moreNamed(name)}
            >
              {isOpened ? words.less : words.more}
            </a>
          )}
        </span>
      </header>
      {check.error && <ProblemNotice error={check.error} />}
      {account.check !== null && <CheckProgress account={account} name={name} />}
      {failed !== null && account.check === null && (
        <div className={failed.kind === 'cancelled' ? 'notice pending' : 'notice bad'} role="status">
          <Icon name="failed" />
          <div>
            <strong>{failed.kind === 'cancelled' ? words.cancelled : words.failed}</strong>
            {failed.kind !== 'cancelled' && <p>{say(failed.sentence)}</p>}
            {failed.vendorMessage !== null && (
              <p className="quiet">
                {texts.problem.vendorSays} <q>{failed.vendorMessage}</q>
              </p>
            )}
            <p>
              {checkedAt === null ? (
                words.nothingBefore
              ) : (
                <>
                  {words.stays} <Moment instant={checkedAt} />
                </>
              )}
            </p>
          </div>
        </div>
      )}
      {checkedAt === null || from === null || to === null ? (
        <p className="quiet">{words.never}</p>
      ) : (
        <>
          <Verdict account={account} />
          <p className="quiet">
            {words.days(formats.date(from), formats.date(to))} · {words.checked}{' '}
            <Moment instant={checkedAt} />
          </p>
          {account.isPart && <p className="notice pending">{words.part}</p>}
          <TotalsTable account={account} name={name} />
          {isOpened && <AccountDetail id={account.id} checkedAt={checkedAt} name={name} />}
        </>
      )}
    </article>
  );
}

/** In one line whether somebody has to look. */
function Verdict({ account }: { account: MoneyAccountView }) {
  const { texts } = useSpeech();
  const words = texts.money;
  if (account.totals.length === 0 && account.differences === 0)
    return <p className="verdict">{words.quiet}</p>;
  if (account.open > 0)
    return (
      <p className="verdict bad" data-verdict="open">
        <Icon name="failed" /> {words.open(account.open)}
      </p>
    );
  const isEqual = account.totals.every(({ differenceMinor }) => differenceMinor === 0);
  return (
    <p className="verdict good" data-verdict={isEqual ? 'equal' : 'explained'}>
      <Icon name="done" /> {isEqual ? words.equal : words.explained}
    </p>
  );
}
