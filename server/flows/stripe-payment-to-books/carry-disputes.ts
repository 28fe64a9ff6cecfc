import { stripe } from '../../connectors/stripe/connector.ts';
import { type Dispute, type DisputeMovement, disputeFrom } from '../../connectors/stripe/shapes.ts';
import { commentsOn, noteOnInvoice } from '../../connectors/zoho-books/booking/note-on-invoice.ts';
import { isTransferred, transferMoney } from '../../connectors/zoho-books/booking/transfer-money.ts';
import { dayIn } from '../../core/day-in.ts';
import { LiaisonError } from '../../core/errors.ts';
import { isByHand } from '../../core/reconciliation/told-again.ts';
import type { Sentence } from '../../core/sentence.ts';
import { keys } from './keys.ts';
import { disputeMarks } from './notice-texts.ts';
import { allMovements, disputeNotices, wholeDisputes } from './notices.ts';
import type { Context } from './steps.ts';
import { aboutMoney, disputeTransferText } from './texts.ts';

export interface CarriedDisputes {
  /** How many things that happened were not told of before. */
  readonly count: number;
  /** What this run recorded of their money, in words; none where it recorded nothing. */
  readonly moved: readonly Sentence[];
}

/** Where it is remembered between which accounts the money of a dispute goes, and which of them is the money's. */
export const disputeAccounts = {
  of: keys.disputed,
  money: (way: string): string | null => (way === IN_WORDS ? null : (way.split(' ')[0] ?? null)),
};

/** Of a dispute whose money was said in words before documents were wished. */
const IN_WORDS = 'in words';

/**
 * Carries disputes into the books as the settings say: each movement of their money is a transfer between the account of
 * the money and the one of disputed money, and each thing that happened is noted on the invoice. The comment comes last, as
 * with refunds. To be called while nobody else does anything about the payment.
 */
export async function carryDisputes(
  context: Context,
  invoiceId: string,
  disputes: readonly Dispute[],
): Promise<CarriedDisputes> {
  const whole = wholeDisputes(disputes);
  const moved: Sentence[] = [];
  for (const dispute of whole) moved.push(...(await moveMoney(context, invoiceId, dispute)));
  const notices = disputeNotices(whole, context.organisation);
  const count = await noteOnInvoice(context, 'disputeComment', invoiceId, notices);
  return { count, moved };
}

const HAS_MOVED = ['withdrawn', 'reinstated'] as const;

async function moveMoney(context: Context, invoiceId: string, dispute: Dispute): Promise<Sentence[]> {
  const { settings, linked, link, organisation, forItem, event } = context;
  const key = keys.disputed(dispute.id);
  const before = await linked(key);
  // What began as transfers ends as transfers, whatever is wished by then: half of it would be wrong for good.
  if (before === IN_WORDS || (before === null && settings.disputes === 'comment')) return [];
  const own = forItem(dispute.id);
  const movements = await movementsOf(own, dispute);
  const isTold = dispute.facts.some(({ turn }) => HAS_MOVED.some((one) => one === turn));
  if (movements.length === 0 && !isTold) return [];
  const way = before ?? (await wayOf(own, invoiceId, dispute));
  if (before === null) await link(key, way);
  const [account = '', disputed = ''] = way.split(' ');
  if (way === IN_WORDS) return [];
  const moved: Sentence[] = [];
  for (const movement of movements) {
    const { id, netMinor, currency, at } = movement;
    if (netMinor === 0) continue;
    const isLeaving = netMinor < 0;
    // Whoever took the withdrawal out of the books by hand books what comes back, too.
    if (!isLeaving && !(await hasLeft(forItem(id), movements, account))) continue;
    const money = { minor: Math.abs(netMinor), currency };
    const isNew = await transferMoney(forItem(id), {
      fromId: isLeaving ? account : disputed,
      toId: isLeaving ? disputed : account,
      money,
      date: dayIn(organisation.timeZone, at),
      reference: id,
      description: disputeTransferText(dispute, isLeaving, organisation.locale),
      isAgain: isByHand(event.body),
    });
    if (isNew)
      moved.push(
        aboutMoney(
          money,
          (amount) => ` ${amount} ${isLeaving ? 'went to' : 'came back from'} the account of disputed money.`,
          (amount) =>
            isLeaving
              ? ` ${amount} sont passés au compte des paiements contestés.`
              : ` ${amount} sont revenus du compte des paiements contestés.`,
        ),
      );
  }
  return moved;
}

/** Whether of the money that a dispute took any stands in Books; true where nobody told of its being taken. */
function hasLeft(context: Context, movements: readonly DisputeMovement[], fromId: string): Promise<boolean> {
  return context.read('transferred', async () => {
    const taken = movements.filter(({ netMinor }) => netMinor < 0);
    for (const { id: reference } of taken)
      if (await isTransferred(context, { reference, fromId })) return true;
    return taken.length === 0;
  });
}

/** What Stripe knows by now, and what was told: an event may be older, and an account may not be asked. */
const movementsOf = ({ client, read }: Context, dispute: Dispute): Promise<readonly DisputeMovement[]> =>
  read('disputeNow', async (): Promise<readonly DisputeMovement[]> => {
    const current = await client(stripe).dispute(dispute.id);
    return allMovements([dispute, current === null ? null : disputeFrom(current, '', null)]);
  });

/** The accounts that the money of a dispute goes between, or that whoever reads the books was told of it before. */
async function wayOf(context: Context, invoiceId: string, dispute: Dispute): Promise<string> {
  const said = await context.read('noted', () => commentsOn(context, invoiceId));
  const marks = HAS_MOVED.flatMap((turn) => disputeMarks(dispute.id, turn));
  if (marks.some((mark) => said.some((comment) => comment.includes(mark)))) return IN_WORDS;
  const { account, disputed } = context.settings;
  if (account === '' || disputed === '' || account === disputed) throw noAccounts();
  return `${account} ${disputed}`;
}

function noAccounts(): LiaisonError {
  return new LiaisonError('rejected', {
    field: 'disputed',
    sentence: {
      en: 'Disputed money goes from the account of the money to another one. Choose both in the settings of this integration, then replay.',
      fr: 'L’argent contesté passe du compte de l’argent à un autre. Choisissez les deux dans les réglages de cette intégration, puis rejouez.',
    },
  });
}
