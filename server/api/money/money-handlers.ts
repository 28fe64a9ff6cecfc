import type { z } from 'zod';
import type { Handler } from '../handlers.ts';
import type { RouteName } from '../paths.ts';
import type { moneyAccept, moneyCheckWish, moneyTakeUp } from '../schemas/money.ts';
import type { Session } from '../session/session.ts';
import type { MoneyServices } from './money-services.ts';

/** The routes about money. */
export type MoneyRoute = Extract<RouteName, `${string}Money${string}`>;

/** What each route about money does. */
export function moneyHandlersOf(money: MoneyServices): Record<MoneyRoute, Handler> {
  return {
    listMoney: async ({ session }) => ({ accounts: await money.list(session.organisationId) }),
    getMoneyAccount: ({ session, params }) => money.get(session.organisationId, String(params.account)),
    async checkMoney({ session, body }) {
      const { account } = body as z.output<typeof moneyCheckWish>;
      const accounts = await money.check(session.organisationId, account);
      return accounts === null ? null : { accounts };
    },
    cancelMoneyCheck: ({ session, params }) => money.cancel(session.organisationId, String(params.account)),
    acceptMoneyDifference({ session, params, body }) {
      const { key, note } = body as z.output<typeof moneyAccept>;
      return money.accept(askerOf(session), String(params.account), key, note);
    },
    takeUpMoney({ session, params, body }) {
      const { key } = body as z.output<typeof moneyTakeUp>;
      return money.takeUp(session.organisationId, String(params.account), key);
    },
  };
}

const askerOf = ({ organisationId, user }: Session) => ({ organisationId, name: user?.name ?? 'Liaison' });
