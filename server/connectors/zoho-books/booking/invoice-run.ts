import type { Fact } from '../../../core/facts/facts.ts';
import type { RunContext } from '../../../core/flow.ts';
import { ifGone } from '../../../kit/if-gone.ts';
import { zohoBooks } from '../connector.ts';
import type { BooksInvoice, NewInvoice } from '../invoices.ts';
import type { NewPayment } from '../payments.ts';
import { ownOf } from './own-of.ts';

/** The invoice in Books of something that is booked once. */
export interface Booked {
  readonly id: string;
  readonly number: string;
  readonly status: string;
  readonly customerId: string;
  readonly customerName: string;
  /** As decimal text. */
  readonly total: string;
  /** What was still to be paid when it was read, as decimal text. */
  readonly balance: string;
  /** By this very run: then it cannot have been paid yet. */
  readonly isNew: boolean;
}

export const asBooked = (invoice: BooksInvoice, isNew: boolean): Booked => ({
  id: invoice.id,
  number: invoice.number,
  status: invoice.status,
  customerId: invoice.customerId,
  customerName: invoice.customerName,
  total: invoice.total,
  balance: invoice.balance,
  isNew,
});

/** What is booked: the reference by which Books finds its documents, and the key by which the flow remembers them. */
export interface Subject {
  readonly reference: string;
  readonly key: string;
}

/** A payment as it stands in Books after `settleInvoice`. */
export interface Recorded {
  readonly id: string;
  /** This run made it. */
  readonly isNew?: boolean;
  /** It has the reference of what is booked: no person recorded it. */
  readonly isOwn?: boolean;
}

type Run<Step extends string> = Pick<
  RunContext<unknown, Step>,
  'client' | 'write' | 'linked' | 'linkedElsewhere'
>;

/** An invoice as it now is, voided or not; null: somebody deleted it. */
export const invoiceIfThere = (
  { client }: Pick<Run<never>, 'client'>,
  id: string,
): Promise<BooksInvoice | null> => ifGone(() => client(zohoBooks).invoice(id), null);

/** An invoice that was not voided or deleted since. */
export async function standingInvoice(
  run: Pick<Run<never>, 'client'>,
  id: string | null,
): Promise<BooksInvoice | undefined> {
  const invoice = id === null ? null : await invoiceIfThere(run, id);
  return invoice === null || invoice.status === 'void' ? undefined : invoice;
}

/** Invoices of this reference, without those that another account's subject of that name has. */
export async function ownInvoices(
  run: Pick<Run<never>, 'client' | 'linkedElsewhere'>,
  { reference, key }: Subject,
): Promise<readonly BooksInvoice[]> {
  return ownOf(run, key, await run.client(zohoBooks).invoicesByReference(reference));
}

/**
 * One invoice for one subject: its reference is the subject's, by which a repeat is recognised.
 *
 * @param earlier the one that is known to stand.
 * @param isFirst nothing can be booked of it yet: only what an attempt left in doubt is looked for.
 */
export function makeInvoice(
  run: Run<'invoice'>,
  subject: Subject,
  earlier: Booked | null,
  invoice: () => Omit<NewInvoice, 'reference'>,
  { isFirst = false }: { readonly isFirst?: boolean } = {},
): Promise<Booked> {
  const { client, write, linked } = run;
  return write('invoice', {
    findFirst: !isFirst,
    async find() {
      if (earlier !== null) return earlier;
      // Another run may have booked it since; what was made a moment ago stands in no list yet.
      const standing =
        (await standingInvoice(run, await linked(subject.key))) ??
        (await ownInvoices(run, subject)).find(({ status }) => status !== 'void');
      return standing === undefined ? null : asBooked(standing, false);
    },
    send: async () =>
      asBooked(await client(zohoBooks).createInvoice({ ...invoice(), reference: subject.reference }), true),
  });
}

/**
 * Records the payment of an invoice, found where it is there; `isNew`: this run made it.
 *
 * @param tells what receivers are told of when the payment was recorded here: not of one that a person recorded.
 */
export function settleInvoice(
  { client, write, linkedElsewhere }: Run<'settlement'>,
  { reference, key }: Subject,
  invoice: Booked,
  payment: Omit<NewPayment, 'customerId' | 'invoiceId' | 'reference'>,
  tells: () => Fact,
): Promise<Recorded> {
  const books = () => client(zohoBooks);
  return write<Recorded>('settlement', {
    findFirst: !invoice.isNew,
    async find() {
      if (!invoice.isNew && Number(invoice.balance) === 0) return { id: invoice.id };
      const isAlone = (await linkedElsewhere(key)).length === 0;
      const [found] = isAlone ? await books().paymentsByReference(reference) : [];
      if (found !== undefined) return { id: found.id, isOwn: true };
      const [applied] = await books().paymentsOfInvoice(invoice.id);
      return applied === undefined ? null : { id: applied.id, isOwn: applied.reference === reference };
    },
    async send() {
      const { id } = await books().createPayment({
        ...payment,
        customerId: invoice.customerId,
        invoiceId: invoice.id,
        reference,
      });
      return { id, isNew: true, isOwn: true };
    },
    tells: ({ isOwn }) => (isOwn === true ? tells() : null),
  });
}
