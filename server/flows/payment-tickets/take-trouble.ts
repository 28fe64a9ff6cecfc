import { leftOutText } from '../../core/filter/judge.ts';
import { type Outcome, skipped } from '../../core/flow.ts';
import type { Sentence } from '../../core/sentence.ts';
import { type MadeTicket, type NewTicket, ticketsOf } from '../../core/ticket/offer.ts';
import { type PaymentTrouble, payerName, troublesOf } from '../../core/trouble.ts';
import { type Decision, decide, type Why } from './decide.ts';
import { departmentNamed, noDepartment } from './desk-settings.ts';
import type { Context } from './steps.ts';
import { aboutTrouble, commentLine, subjectText, ticketLines } from './texts.ts';
import { leftOutTrouble } from './trouble-filter.ts';

/** The names under which the flow remembers what it made, and under which runs wait for each other. */
const keys = {
  /** The ticket that tells of a payment, under each of its names. */
  payment: (name: string): string => `payment ${name}`,
  /** The ticket that was last opened for a customer. */
  customer: (who: string): string => `customer ${who}`,
  /** Whom the desk knows a customer as. */
  requester: (who: string): string => `requester ${who}`,
  /** What is still unsettled on a ticket. */
  open: (ticket: string): string => `ticket ${ticket}`,
  /** That something has ended: its beginning may be told afterwards. */
  over: (matter: string): string => `over ${matter}`,
};

/** Who pays: by address, else the provider's customer; a guest who left none is known by the payment alone. */
const whoOf = ({ payer, payment }: PaymentTrouble): string =>
  payer.email?.toLowerCase() ?? payer.id ?? payment;

/**
 * Something that went wrong with a payment becomes a ticket of the customer, or a comment on the one that is there;
 * that it was mended, a comment.
 */
export async function takeTrouble(context: Context): Promise<Outcome> {
  const { event, role, read, label, settings, exclusively, once } = context;
  const source = troublesOf(role('source'));
  const mended = source.mended(event);
  if (mended !== null && (await ticketOf(context, mended.map(keys.payment))) === null)
    return skipped(WHY['none-about-it']);
  const trouble = await read('trouble', () => source.read(event));
  if (trouble === null) return skipped(NO_TROUBLE);
  label(payerName(trouble));
  if (trouble.kind !== 'paid' && !settings[trouble.kind]) return skipped(NOT_WANTED);
  // Two troubles of one customer, which may be told of in any order, must not both find no ticket.
  return exclusively(keys.customer(whoOf(trouble)), async () => {
    if (!(await once(trouble.occurrence))) return skipped(TOLD);
    const known = await ticketOf(context, trouble.names.map(keys.payment));
    const left = known === null ? leftOutTrouble(context, trouble) : null;
    if (left !== null) return skipped(leftOutText(left, false));
    const decision = await read('ticket', () => look(context, trouble, known));
    return carryOut(context, trouble, decision);
  });
}

/** The ticket that is remembered under any of these names. */
async function ticketOf({ linked }: Context, names: readonly string[]): Promise<string | null> {
  for (const name of names) {
    const id = await linked(name);
    if (id !== null) return id;
  }
  return null;
}

/**
 * Looked at once, and kept: what the run itself makes later is none of what it finds.
 *
 * @param own the ticket that tells of the payment.
 */
async function look(context: Context, trouble: PaymentTrouble, own: string | null): Promise<Decision> {
  const desk = ticketsOf(context.role('desk'));
  const last = await ticketOf(context, [keys.customer(whoOf(trouble))]);
  const isOver = trouble.isOver || (await context.linked(keys.over(trouble.matter))) !== null;
  const payment = own === null ? null : await desk.ticket(own);
  const customer = last === null || last === own ? payment : await desk.ticket(last);
  return decide({ kind: trouble.kind, isOver }, { payment, customer });
}

async function carryOut(context: Context, trouble: PaymentTrouble, decision: Decision): Promise<Outcome> {
  const { role, write, link, settings, organisation } = context;
  const desk = ticketsOf(role('desk'));
  if (trouble.isOver && trouble.kind === 'disputed') await link(keys.over(trouble.matter), trouble.payment);
  if (decision.do === 'nothing') {
    if (trouble.isOver) await settle(context, trouble);
    return skipped(WHY[decision.why]);
  }
  if (decision.do === 'open') {
    const opened = await openTicket(context, trouble);
    await remember(context, trouble, opened.id);
    return { state: 'done', summary: did(trouble, OPENED, opened.number) };
  }
  const { ticket, number } = decision;
  if (decision.do === 'reopen') await write('reopen', { send: () => desk.turn(ticket, 'open') });
  const lines = [commentLine(trouble, organisation)];
  await write('comment', {
    find: (marker) => desk.commentWith(ticket, marker),
    send: (marker) => desk.comment(ticket, { lines, page: trouble.page, marker }),
  });
  if (!trouble.isOver) {
    await remember(context, trouble, ticket);
    return { state: 'done', summary: did(trouble, decision.do === 'reopen' ? REOPENED : NOTED, number) };
  }
  for (const name of trouble.names) await link(keys.payment(name), ticket);
  const isAllDone = (await settle(context, trouble)) && trouble.kind === 'paid' && settings.closeWhenPaid;
  if (!isAllDone) return { state: 'done', summary: did(trouble, NOTED, number) };
  await write('close', { send: () => desk.turn(ticket, 'closed') });
  return { state: 'done', summary: did(trouble, CLOSED, number) };
}

async function openTicket(context: Context, trouble: PaymentTrouble): Promise<MadeTicket> {
  const { event, role, read, write, link, linked, settings, organisation } = context;
  const desk = ticketsOf(role('desk'));
  const who = whoOf(trouble);
  const department = await read('department', async () => {
    const found = await departmentNamed(desk, settings.department);
    if (found === undefined) throw noDepartment(settings.department);
    return found.value;
  });
  const ticket: Omit<NewTicket, 'marker'> = {
    subject: subjectText(settings.subject, trouble, organisation, desk.longest.subject),
    lines: ticketLines(settings.introduction, trouble, organisation),
    page: trouble.page,
    department,
    priority: settings.priority === '' ? null : settings.priority,
    requester: {
      id: await linked(keys.requester(who)),
      name: payerName(trouble),
      email: trouble.payer.email,
    },
  };
  const opened = await write('open', {
    find: (marker) => desk.find({ ...ticket, marker }, event.receivedAt),
    send: (marker) => desk.open({ ...ticket, marker }),
  });
  await link(keys.customer(who), opened.id);
  if (opened.requesterId !== null) await link(keys.requester(who), opened.requesterId);
  return opened;
}

/** That the ticket tells of this payment, and that something is to be done about it. */
async function remember({ link, keep }: Context, trouble: PaymentTrouble, ticket: string): Promise<void> {
  for (const name of trouble.names) await link(keys.payment(name), ticket);
  if (trouble.kind !== 'refund') await keep({ subject: keys.open(ticket), key: trouble.matter, fact: {} });
}

/** Forgets what is over. @returns whether nothing is unsettled any more on the payment's ticket. */
async function settle(context: Context, trouble: PaymentTrouble): Promise<boolean> {
  const { kept, forget } = context;
  const ticket = await ticketOf(context, trouble.names.map(keys.payment));
  if (ticket === null) return false;
  const open = await kept([keys.open(ticket)]);
  const matters = trouble.kind === 'paid' ? trouble.names : [trouble.matter];
  const over = open.filter(({ key }) => matters.includes(key));
  if (over.length > 0) await forget(over);
  return open.length === over.length;
}

const NO_TROUBLE: Sentence = {
  en: 'Nothing went wrong with the payment, or its payment tells the same: nothing to do.',
  fr: 'Rien d’anormal pour ce paiement, ou un autre événement le dit déjà\u00a0: rien à faire.',
};
const NOT_WANTED: Sentence = {
  en: 'Such things are not asked for in the settings: nothing to do.',
  fr: 'Les réglages ne le demandent pas\u00a0: rien à faire.',
};
const TOLD: Sentence = {
  en: 'The ticket says so already: nothing to do.',
  fr: 'Le ticket le dit déjà\u00a0: rien à faire.',
};
const WHY: Readonly<Record<Why, Sentence>> = {
  'paid-since': {
    en: 'The payment was made since: no ticket is needed.',
    fr: 'Le paiement a abouti depuis\u00a0: aucun ticket n’est nécessaire.',
  },
  'none-about-it': {
    en: 'No ticket is about this payment: nothing to do.',
    fr: 'Aucun ticket ne concerne ce paiement\u00a0: rien à faire.',
  },
  'closed-already': {
    en: 'The ticket about it is closed already: nothing to do.',
    fr: 'Le ticket à ce sujet est déjà fermé\u00a0: rien à faire.',
  },
};

type Told = (what: string, number: string) => string;
type Words = { readonly en: Told; readonly fr: Told };
const OPENED: Words = {
  en: (what, number) => `${what}: ticket #${number} was opened.`,
  fr: (what, number) => `${what}\u00a0: le ticket nº ${number} a été ouvert.`,
};
const REOPENED: Words = {
  en: (what, number) => `${what}: ticket #${number} was opened again, with a comment.`,
  fr: (what, number) => `${what}\u00a0: le ticket nº ${number} a été rouvert, avec un commentaire.`,
};
const NOTED: Words = {
  en: (what, number) => `${what}: noted on ticket #${number}.`,
  fr: (what, number) => `${what}\u00a0: inscrit sur le ticket nº ${number}.`,
};
const CLOSED: Words = {
  en: (what, number) => `${what}: noted on ticket #${number}, which was closed.`,
  fr: (what, number) => `${what}\u00a0: inscrit sur le ticket nº ${number}, qui a été fermé.`,
};
const did = (trouble: PaymentTrouble, words: Words, number: string): Sentence =>
  aboutTrouble(
    trouble,
    (what) => words.en(what, number),
    (what) => words.fr(what, number),
  );
