import { defineAutomation } from '../../core/flow.ts';
import { deskSettings } from './desk-settings.ts';
import { type Settings, settings } from './settings.ts';
import { steps } from './steps.ts';
import { takeTrouble } from './take-trouble.ts';
import { troubleFilter } from './trouble-filter.ts';
import { MONTH_MS, previewTicket, troubleTrial } from './try-trouble.ts';

export const paymentTickets = defineAutomation({
  kind: 'automation',
  id: 'payment-tickets',
  purpose: 'support',
  titles: { en: 'Payment trouble to support tickets', fr: 'Incidents de paiement vers des tickets' },
  direction: {
    en: 'When a payment fails, or is disputed, the customer gets one support ticket; what happens next is a comment on it, until it is paid.',
    fr: 'Quand un paiement échoue, ou est contesté, le client a un seul ticket de support\u00a0; la suite y est un commentaire, jusqu’au règlement.',
  },
  native: {
    en: 'Zoho Flow can open a ticket in Zoho Desk for each event of Stripe, one for every attempt. Use it when few payments fail and several tickets of one customer are fine.',
    fr: 'Zoho Flow peut ouvrir un ticket dans Zoho Desk pour chaque événement de Stripe, un par tentative. Utilisez-le si peu de paiements échouent et si plusieurs tickets d’un même client ne gênent pas.',
  },
  roles: { source: { offers: 'payments' }, desk: { offers: 'tickets' } },
  settings,
  vendorSettings: deskSettings,
  trigger: {
    kind: 'offered',
    role: 'source',
    reachMs: (values) => ((values as Settings).begin === 'month' ? MONTH_MS : 0),
  },
  filter: troubleFilter,
  preview: previewTicket,
  trial: troubleTrial,
  steps,
  run: takeTrouble,
});
