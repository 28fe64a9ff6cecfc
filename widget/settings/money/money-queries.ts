import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { MoneyAccountView } from '../../../server/api/contract.ts';
import { call } from '../../api/client.ts';
import { RUN_KEYS } from '../log/run-queries.ts';

export const MONEY_KEYS = { all: ['money'] as const, one: (id: string) => ['money', id] as const };

/** While a check is under way it is asked again and again how far it is. */
const FOLLOWED_MS = 1_000;

const isUnderWay = (accounts: readonly Pick<MoneyAccountView, 'check'>[]): boolean =>
  accounts.some(({ check }) => check !== null);

export const allMoney = () =>
  queryOptions({
    queryKey: MONEY_KEYS.all,
    queryFn: () => call('listMoney'),
    refetchInterval: ({ state }) => (isUnderWay(state.data?.accounts ?? []) ? FOLLOWED_MS : false),
  });

/** @param checkedAt of the account: another check found other things; what the one before found stays until they are there. */
export const moneyOf = (id: string, checkedAt: string | null) =>
  queryOptions({
    queryKey: [...MONEY_KEYS.one(id), checkedAt],
    queryFn: () => call('getMoneyAccount', { params: { account: id } }),
    placeholderData: keepPreviousData,
  });

/** Something is done with money, then everything of it is read again. */
export function useMoneyAction<Wish, Answer>(act: (wish: Wish) => Promise<Answer>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSettled: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: MONEY_KEYS.all }),
        queries.invalidateQueries({ queryKey: RUN_KEYS.all }),
      ]),
  });
}
