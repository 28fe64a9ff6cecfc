import type { Booked } from '../../connectors/zoho-books/booking/invoice-run.ts';
import { type Outcome, skipped } from '../../core/flow.ts';
import type { Order } from '../../core/order/order.ts';
import type { Sentence } from '../../core/sentence.ts';
import type { Entered } from './sales-order.ts';
import { aboutMoney, totalOf, whoOf } from './texts.ts';

/** What a run did with an order. */
interface Done {
  readonly entered: Entered | null;
  /** Null: none was to be made (yet). */
  readonly invoice: Booked | null;
  /** How many comments were added to the invoice. */
  readonly noted: number;
}

/** What became of an order, in one sentence: nothing, where everything was there already. */
export function outcomeOf(order: Order, { entered, invoice, noted }: Done): Outcome {
  const isSettled = invoice !== null && order.paidAt !== null && Number(invoice.balance) > 0;
  const isNew = invoice?.isNew === true;
  const parts = [...enteredText(entered), ...(invoice === null ? [] : invoiceText(invoice, isSettled))];
  if (!isNew && !isSettled && noted === 0 && (entered?.did ?? null) === null)
    return skipped(invoice === null ? nothingMade(order, entered) : alreadyThere(order, invoice));
  const who = whoOf(order);
  const said = aboutMoney(
    totalOf(order),
    (amount) => `Order ${order.number} of ${who}, ${amount}: ${parts.map(({ en }) => en).join('; ')}.`,
    (amount) =>
      `Commande ${order.number} de ${who}, ${amount}\u00a0: ${parts.map(({ fr }) => fr).join('\u00a0; ')}.`,
  );
  if (noted === 0) return { state: 'done', summary: said };
  return {
    state: 'done',
    summary: {
      en: `${said.en} What changed in the shop is noted on the invoice.`,
      fr: `${said.fr} Ce qui a changé dans la boutique est inscrit sur la facture.`,
    },
  };
}

const invoiceText = ({ number }: Booked, isSettled: boolean): readonly Sentence[] => [
  {
    en: `invoice ${number}${isSettled ? ', paid' : ''}`,
    fr: `facture ${number}${isSettled ? ', réglée' : ''}`,
  },
];

const DID = {
  made: { en: 'sales order', fr: 'commande client' },
  changed: { en: 'changed sales order', fr: 'commande client modifiée' },
  voided: { en: 'voided sales order', fr: 'commande client annulée' },
} as const satisfies Record<NonNullable<Entered['did']>, Sentence>;

function enteredText(entered: Entered | null): readonly Sentence[] {
  if (entered === null || entered.did === null) return [];
  const { en, fr } = DID[entered.did];
  const { number } = entered.order;
  return [{ en: `${en} ${number}`, fr: `${fr} ${number}` }];
}

/** The same, where the stock was moved beside. */
export function withStock({ number }: Order, outcome: Outcome): Outcome {
  if (outcome.state === 'skipped')
    return {
      state: 'done',
      summary: {
        en: `The stock in Zoho Inventory follows order ${number}.`,
        fr: `Le stock dans Zoho Inventory suit la commande ${number}.`,
      },
    };
  const { en, fr } = outcome.summary;
  return {
    state: 'done',
    summary: {
      en: `${en} The stock in Zoho Inventory follows it.`,
      fr: `${fr} Le stock dans Zoho Inventory la suit.`,
    },
  };
}

const alreadyThere = (order: Order, { number }: Booked): Sentence => ({
  en: `Already recorded, nothing to do: order ${order.number}, invoice ${number}.`,
  fr: `Déjà enregistré, rien à faire\u00a0: commande ${order.number}, facture ${number}.`,
});

function nothingMade({ number, totalMinor }: Order, entered: Entered | null): Sentence {
  if (totalMinor === 0)
    return {
      en: `Order ${number} costs nothing: there is no invoice to make.`,
      fr: `La commande ${number} ne coûte rien\u00a0: il n’y a pas de facture à faire.`,
    };
  if (entered === null)
    return {
      en: `The sales order of order ${number} was voided in Zoho Inventory: it is not made again. The invoice is made when it is due.`,
      fr: `La commande client de la commande ${number} a été annulée dans Zoho Inventory\u00a0: elle n’est pas refaite. La facture sera faite le moment venu.`,
    };
  return {
    en: `Already recorded, nothing to do: order ${number}, sales order ${entered.order.number}.`,
    fr: `Déjà enregistré, rien à faire\u00a0: commande ${number}, commande client ${entered.order.number}.`,
  };
}
