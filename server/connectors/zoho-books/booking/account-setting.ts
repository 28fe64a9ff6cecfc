import type { OfferedValue, SettingSource, VendorSetting } from '../../../core/flow.ts';
import type { Sentence } from '../../../core/sentence.ts';
import type { BooksAccount } from '../accounts.ts';
import { zohoBooks } from '../connector.ts';

/** Accounts that money lies in. https://www.zoho.com/books/api/v3/chart-of-accounts/ */
const MONEY = ['bank', 'cash', 'payment_clearing', 'credit_card', 'other_current_asset'];
/** Accounts that costs stand in. */
const COSTS = ['expense', 'cost_of_goods_sold', 'other_expense'];

interface Declared<Settings> {
  readonly kind: 'money' | 'costs';
  /** The account's id, as it is set; empty: none. */
  value(settings: Settings): string;
  /** Why an account has to be chosen under these settings; null: it need not be. */
  needed(settings: Settings): Sentence | null;
}

const GONE: Sentence = {
  en: 'Zoho Books has no such account (any more). Choose one from the list.',
  fr: 'Zoho Books n’a pas (ou plus) ce compte. Choisissez-en un dans la liste.',
};

const titleOf = ({ code, name }: BooksAccount): string => (code === '' ? name : `${code} ${name}`);

/** A setting that names an account of the organisation's books by its id. */
export function accountSetting<Settings>({
  kind,
  value,
  needed,
}: Declared<Settings>): VendorSetting<Settings> {
  const types = kind === 'money' ? MONEY : COSTS;
  const fitting = async ({ client }: SettingSource<Settings>): Promise<BooksAccount[]> =>
    (await client(zohoBooks).accounts()).filter(({ type, isActive }) => isActive && types.includes(type));
  return {
    async offers(source): Promise<readonly OfferedValue[]> {
      return (await fitting(source)).map((account) => ({ value: account.id, title: titleOf(account) }));
    },
    async check(source) {
      const chosen = value(source.settings);
      if (chosen === '') {
        const why = needed(source.settings);
        return why === null ? null : { refused: why };
      }
      return (await fitting(source)).some(({ id }) => id === chosen) ? null : { refused: GONE };
    },
  };
}
