import { type Scenario, ScenarioRefused } from '../core/scenario.ts';
import { spokenAmount } from '../scenarios/spoken.ts';
import { booksAt } from './books.ts';
import { editPayment } from './by-hand.ts';
import { currencyOf } from './contact-view.ts';

const booksEdited: Scenario = {
  id: 'books-edited',
  titles: { en: 'Somebody edits a payment in Books', fr: 'Quelqu’un modifie un règlement dans Books' },
  description: {
    en: 'The last payment that was recorded is a tenth less from now on, as if somebody had mistyped it.',
    fr: 'Le dernier règlement enregistré vaut désormais un dixième de moins, comme après une faute de frappe.',
  },
  expect: {
    en: 'Liaison’s Money names it at the next check: open it there, and ask for one.',
    fr: 'L’écran Argent de Liaison le nomme à la prochaine vérification : ouvrez-le et demandez-en une.',
  },
  async play(stage) {
    const books = booksAt(stage.desk('zoho-books'));
    const last = books.payments.all().at(-1);
    if (last === undefined) throw new ScenarioRefused('Zoho Books has no payment that could be edited.');
    const amountMinor = last.amountMinor - Math.max(1, Math.round(last.amountMinor / 10));
    const edited = editPayment(books, last.payment_id, { amountMinor });
    const currency = currencyOf(last).currency_code;
    const [before, after] = [spokenAmount(last.amountMinor, currency), spokenAmount(amountMinor, currency)];
    return {
      sentence: {
        en: `A payment of ${before.en} is one of ${after.en} in Zoho Books now.`,
        fr: `Un règlement de ${before.fr} est désormais de ${after.fr} dans Zoho Books.`,
      },
      payment: edited.payment_id,
      amountMinor,
    };
  },
};

export const booksScenarios: readonly Scenario[] = [booksEdited];
