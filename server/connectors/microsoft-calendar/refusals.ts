import { LiaisonError } from '../../core/errors.ts';
import type { Sentence } from '../../core/sentence.ts';
import { failure } from '../../kit/failures.ts';
import { UNREADABLE_SCHEDULE } from '../../kit/meeting-exclusions.ts';
import { PRIVATE_DATE } from './exclusions.ts';
import { VENDOR } from './failures.ts';
import { HIDDEN_GUESTS } from './guests.ts';

/** What is not written to a calendar, and why. */

const refused = (sentence: Sentence, field?: string, vendorMessage?: string): LiaisonError =>
  new LiaisonError('rejected', {
    sentence,
    ...(field === undefined ? {} : { field }),
    ...(vendorMessage === undefined ? {} : { vendorMessage }),
  });

/** https://learn.microsoft.com/graph/api/event-update, and https://learn.microsoft.com/graph/api/event-delete */
export const wouldMail = (): LiaisonError =>
  refused({
    en: 'Outlook would mail this change to the participants, and cannot be asked not to. Allow it in the settings of the sync, or make the change in Outlook.',
    fr: 'Outlook enverrait ce changement aux participants, sans qu’on puisse l’en empêcher. Autorisez-le dans les réglages de la synchro, ou faites le changement dans Outlook.',
  });

export const wouldInvite = (): LiaisonError =>
  refused(
    {
      en: 'Outlook would mail an invitation to these participants, and cannot be asked not to. Allow it in the settings of the sync, or invite them in Outlook.',
      fr: 'Outlook enverrait une invitation à ces participants, sans qu’on puisse l’en empêcher. Autorisez-le dans les réglages de la synchro, ou invitez-les dans Outlook.',
    },
    'participants',
  );

export const notOrganiser = (): LiaisonError =>
  refused({
    en: 'Only the organiser may change this meeting in Outlook. Ask the organiser, or change it back in the CRM.',
    fr: 'Seul l’organisateur peut modifier cette réunion dans Outlook. Demandez-le-lui, ou revenez en arrière dans le CRM.',
  });

/** https://learn.microsoft.com/graph/api/event-update: a body without the link would turn the online meeting off. */
export const holdsLink = (): LiaisonError =>
  refused(
    {
      en: 'The description of this meeting holds its Teams link, which a new one would take away. Change the description in Outlook.',
      fr: 'La description de cette réunion contient son lien Teams, qu’une nouvelle effacerait. Modifiez la description dans Outlook.',
    },
    'description',
  );

export const hiddenGuests = (): LiaisonError => refused(HIDDEN_GUESTS, 'participants');

export const privateDate = (): LiaisonError => refused(PRIVATE_DATE, 'schedule');

export const notRevived = (): LiaisonError =>
  refused(
    {
      en: 'Outlook cannot bring back a date of a series that was deleted. Enter it as a meeting of its own, or take it out of the series in the CRM.',
      fr: 'Outlook ne sait pas rétablir une date supprimée d’une série. Saisissez-la comme une réunion à part, ou retirez-la de la série dans le CRM.',
    },
    'schedule',
  );

export const unreadable = (thrown: RangeError): LiaisonError =>
  refused(UNREADABLE_SCHEDULE, 'schedule', thrown.message);
export const unsayable = (sentence: Sentence): LiaisonError => refused(sentence, 'schedule');
export const gone = (): LiaisonError => failure('gone', VENDOR);
export const conflict = (): LiaisonError => failure('conflict', VENDOR);
