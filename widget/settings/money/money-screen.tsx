/// <reference types="vite/client" />
import { useQuery } from '@tanstack/react-query';
import '../../styles/catalogue.css';
import '../../styles/money.css';
import { call } from '../../api/client.ts';
import { useSpeech } from '../../language/language.tsx';
import { Loading } from '../../pieces/loading.tsx';
import { ProblemNotice } from '../../pieces/problem-notice.tsx';
import { hrefOf, useAddress } from '../address.ts';
import { Nothing } from '../syncs/nothing.tsx';
import { AccountCard } from './account-card.tsx';
import { allMoney, useMoneyAction } from './money-queries.ts';

/** Each account beside the books: it says 0.00, or it says why. */
export default function MoneyScreen() {
  const { texts } = useSpeech();
  const words = texts.money;
  const { search } = useAddress();
  const { data, error, refetch } = useQuery(allMoney());
  const check = useMoneyAction(() => call('checkMoney', { body: {} }));
  const accounts = data?.accounts ?? [];
  const opened = search.get('account') ?? (accounts.length === 1 ? accounts[0]?.id : undefined);
  return (
    <div className="page money">
      <header className="page-head">
        <h1>{words.title}</h1>
        {accounts.length > 1 && (
          <button type="button" disabled={check.isPending} onClick={() => check.mutate(undefined)}>
            {words.checkAll}
          </button>
        )}
      </header>
      <p className="quiet">{words.intro}</p>
      {error && <ProblemNotice error={error} retry={() => void refetch()} />}
      {check.error && <ProblemNotice error={check.error} />}
      {!data && !error && <Loading />}
      {data && accounts.length === 0 && (
        <>
          <Nothing title={words.none} hint={words.noneHint} />
          <p className="lonely-link">
            <a className="button" href={hrefOf('catalogue')}>
              {words.noneLink}
            </a>
          </p>
        </>
      )}
      {accounts.map((account) => (
        <AccountCard
          key={account.id}
          account={account}
          isOpened={account.id === opened}
          isOnly={accounts.length === 1}
        />
      ))}
    </div>
  );
}
