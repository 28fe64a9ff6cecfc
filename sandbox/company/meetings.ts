import type { CompanyMeeting } from './types.ts';

/** What stands in the calendars. The weekly one runs for more than a year: over both changes of the clocks. */
export const meetings: readonly CompanyMeeting[] = [
  {
    key: 'point-hebdo',
    title: 'Point hebdomadaire Pélissier',
    description: 'Avancement de la refonte, questions en cours.',
    location: 'Visioconférence',
    weeks: -6,
    weekday: 2,
    at: '10:00',
    minutes: 45,
    owner: 'hugo',
    users: ['claire'],
    contacts: ['juliette'],
    weekly: { occurrences: 60 },
    held: 'google',
  },
  {
    key: 'maquettes',
    title: 'Présentation des maquettes — L’Œil Ouvert',
    description: null,
    location: 'Librairie L’Œil Ouvert, 27 montée de la Grande-Côte, Lyon',
    weeks: 1,
    weekday: 4,
    at: '14:30',
    minutes: 90,
    owner: 'hugo',
    users: ['claire'],
    contacts: ['aïcha', 'françois'],
    weekly: null,
    held: 'google',
  },
  {
    key: 'salon',
    title: 'Salon du e-commerce',
    description: 'Stand C12, badges dans le dossier partagé.',
    location: 'Eurexpo Lyon',
    weeks: 2,
    weekday: 3,
    at: null,
    days: 2,
    owner: 'hugo',
    users: ['claire', 'ines'],
    contacts: [],
    weekly: null,
    held: 'google',
  },
  {
    key: 'cuvee',
    title: 'Visite du domaine du Clos Vert',
    description: null,
    location: 'Lieu-dit Le Clos, Beaujeu',
    weeks: 0,
    weekday: 5,
    at: '09:00',
    minutes: 150,
    owner: 'hugo',
    users: [],
    contacts: ['hélène'],
    weekly: null,
    held: 'both',
  },
  {
    key: 'garage',
    title: 'Atelier besoins — Garage Benali',
    description: 'Prise de rendez-vous en ligne : qui, quand, combien.',
    location: '112 avenue Berthelot, Lyon',
    weeks: 1,
    weekday: 1,
    at: '16:00',
    minutes: 60,
    owner: 'claire',
    users: ['hugo'],
    contacts: ['karim'],
    weekly: null,
    held: 'crm',
  },
  {
    key: 'chocolats',
    title: 'Appel Chocolats Rütli',
    description: null,
    location: null,
    weeks: 2,
    weekday: 2,
    at: '11:15',
    minutes: 30,
    owner: 'claire',
    users: [],
    contacts: ['urs'],
    weekly: null,
    held: 'crm',
  },
];

/**
 * The day of a meeting: so many weeks from the Monday of the week of seeding, on that day of the week.
 *
 * @param today `2026-11-24` on the company's clock.
 */
export function dayOfMeeting(today: string, { weeks, weekday }: CompanyMeeting): string {
  const at = new Date(`${today}T00:00:00Z`);
  const sinceMonday = (at.getUTCDay() + 6) % 7;
  at.setUTCDate(at.getUTCDate() - sinceMonday + weeks * 7 + weekday - 1);
  return at.toISOString().slice(0, 10);
}
