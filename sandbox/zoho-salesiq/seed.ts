import { contacts, fullName, leads, users } from '../company/index.ts';
import type { VendorDesk } from '../core/simulator.ts';
import { begin, end, pickUp, rate, say, visit } from './chat.ts';
import { operator } from './rows.ts';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** Chats of the last weeks, by who wrote: the question, the answer, how it was rated. */
const CHATS = [
  ['juliette', 9, 'Bonjour, pouvez-vous ajouter nos horaires de Noël ?', 'C’est noté, demain en ligne.', 5],
  ['hélène', 3, 'La boutique peut-elle livrer en Suisse ?', 'Oui, dès la semaine prochaine.', null],
] as const;

export function seed(desk: VendorDesk): void {
  const now = desk.clock().getTime();
  for (const [key, daysAgo, question, answer, rating] of CHATS) {
    const person = contacts.find((one) => one.key === key);
    let at = now - daysAgo * DAY_MS;
    const past = (): VendorDesk => {
      at += MINUTE_MS;
      const then = new Date(at);
      return { ...desk, clock: () => then, deliver: () => undefined, wrote: () => undefined };
    };
    const visitor = visit(past(), {
      name: [person?.firstName, person?.lastName].filter(Boolean).join(' '),
      email: person?.email ?? undefined,
      phone: person?.phone ?? undefined,
    });
    const asked = pickUp(past(), begin(past(), visitor, question), 'ines');
    say(past(), asked, { sender: 'operator', name: operator('ines').name, text: answer });
    const over = end(past(), asked);
    if (rating !== null) rate(past(), over, { rating, feedback: null });
  }
  // Leads who left their address on the site, and have not written yet.
  for (const lead of leads.slice(0, 2)) {
    if (lead.email === null) continue;
    const name = [lead.firstName, lead.lastName].filter(Boolean).join(' ');
    visit(desk, { name: name || fullName(users[0]), email: lead.email, phone: lead.phone ?? undefined });
  }
}
