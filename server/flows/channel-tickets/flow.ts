import { defineAutomation, type Outcome, skipped, type VendorSetting } from '../../core/flow.ts';
import type { Sentence } from '../../core/sentence.ts';
import { prioritySetting } from '../../core/ticket/priority-setting.ts';
import { placeSettingOf } from '../announce/place-setting.ts';
import { followAnswers } from '../announce-tickets/answers.ts';
import { isOfThread } from '../announce-tickets/replies.ts';
import { departmentSetting } from '../payment-tickets/desk-settings.ts';
import { CHOOSE_CHANNEL, type Settings, settings } from './settings.ts';
import { type Context, roles, steps } from './steps.ts';
import { takeMessage } from './take-message.ts';
import { messageTrial } from './try-message.ts';

const vendorSettings: Readonly<Record<string, VendorSetting<Settings>>> = {
  place: placeSettingOf('source', CHOOSE_CHANNEL),
  department: departmentSetting,
  priority: prioritySetting<Settings>('desk', ({ priority }) => priority !== ''),
};

/** Messages of a channel as tickets of the support desk, with what is said of them on both sides. */
export const channelTickets = defineAutomation({
  kind: 'automation',
  id: 'channel-tickets',
  purpose: 'support',
  titles: { en: 'Messages of a channel to tickets', fr: 'Messages d’un canal vers des tickets' },
  direction: {
    en: 'A message in a channel, or one that somebody marks, becomes a ticket of the support desk, and what is answered goes to and fro between its thread and the ticket.',
    fr: 'Un message d’un canal, ou que quelqu’un marque, devient un ticket du support, et les réponses vont et viennent entre son fil et le ticket.',
  },
  native: {
    en: 'Zoho Desk has an extension for Microsoft Teams with which an agent makes a ticket there by hand. Use it when agents work on tickets inside Teams and nothing has to come by itself.',
    fr: 'Zoho Desk a une extension pour Microsoft Teams avec laquelle un agent crée un ticket à la main. Utilisez-la si les agents travaillent les tickets dans Teams et si rien ne doit venir de soi-même.',
  },
  roles: { source: { offers: 'threads' }, desk: { offers: 'tickets' } },
  chosenFirst: true,
  settings,
  vendorSettings,
  trigger: { kind: 'offered', role: 'source', about: 'place' },
  second: {
    kind: 'offered',
    role: 'desk',
    hearsAnswers: () => true,
    isWanted: (given) => (given as Settings).answers !== 'none',
  },
  trial: messageTrial,
  steps,
  async run(context: Context): Promise<Outcome> {
    if (isOfThread(context, roles)) return takeMessage(context);
    const ticket = context.event.recordId ?? '';
    return (await followAnswers(context, roles, ticket)) ?? skipped(NOTHING_TO_POST);
  },
});

const NOTHING_TO_POST: Sentence = {
  en: 'The ticket did not come from the channel, or nothing new was answered to it: nothing to do.',
  fr: 'Le ticket ne vient pas du canal, ou rien de nouveau n’y a été répondu\u00a0: rien à faire.',
};
