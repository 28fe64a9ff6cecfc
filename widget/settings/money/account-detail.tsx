import { useQuery } from '@tanstack/react-query';
import { useSpeech } from '../../language/language.tsx';
import { Loading } from '../../pieces/loading.tsx';
import { ProblemNotice } from '../../pieces/problem-notice.tsx';
import { csvOf, saveText } from './csv.ts';
import { DaysTable } from './days-table.tsx';
import { FeesTable } from './fees-table.tsx';
import { FoundList } from './found-list.tsx';
import { moneyOf } from './money-queries.ts';
import { PayoutsTable } from './payouts-table.tsx';

interface AccountDetailProps {
  readonly id: string;
  readonly checkedAt: string;
  readonly name: string;
}

/** An account's differences, its days and its payouts. */
export function AccountDetail({ id, checkedAt, name }: AccountDetailProps) {
  const { texts, say } = useSpeech();
  const words = texts.money;
  const { data, error, refetch } = useQuery(moneyOf(id, checkedAt));
  if (error) return <ProblemNotice error={error} retry={() => void refetch()} />;
  if (!data) return <Loading />;
  return (
    <div className="money-detail">
      <FoundList detail={data} />
      <DaysTable detail={data} name={name} />
      {data.payouts.length + data.fees.length > 0 && (
        <>
          <PayoutsTable detail={data} name={name} />
          <FeesTable detail={data} name={name} />
        </>
      )}
      <p>
        <button
          type="button"
          aria-label={words.csvNamed(name)}
          onClick={() =>
            saveText(`liaison-${data.connector.id}-${data.from}-${data.to}.csv`, csvOf(data, words, say))
          }
        >
          {words.csv}
        </button>
      </p>
    </div>
  );
}
