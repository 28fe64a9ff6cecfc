import { z } from 'zod';
import { company } from '../company/index.ts';
import type { VendorDesk } from '../core/simulator.ts';
import { AUDIENCE_ID } from './account.ts';
import {
  archive,
  changeProfile,
  clean,
  click,
  deleteForGood,
  importValues,
  keepValues,
  lastCampaign,
  open,
  sendCampaign,
  signUp,
  unsubscribe,
  unsubscribeByAdmin,
} from './acts.ts';
import { shownMember, surroundingsOf } from './member.ts';
import type { MemberRow } from './rows.ts';

const email = z.string().min(3);
const mergeFields = z.record(z.string(), z.unknown()).optional();

const wishes = z.discriminatedUnion('act', [
  z.strictObject({ act: z.literal('sign-up'), email, mergeFields }),
  z.strictObject({ act: z.literal('unsubscribe'), email, by: z.enum(['user', 'admin']).optional() }),
  z.strictObject({ act: z.literal('clean'), email }),
  z.strictObject({ act: z.literal('change'), email, newEmail: email.optional(), mergeFields }),
  z.strictObject({
    act: z.literal('import'),
    email,
    mergeFields: z.record(z.string(), z.unknown()),
  }),
  z.strictObject({ act: z.literal('keep'), email, fields: z.array(z.string()) }),
  z.strictObject({ act: z.literal('archive'), email }),
  z.strictObject({ act: z.literal('delete'), email }),
  z.strictObject({
    act: z.literal('send'),
    title: z.string().optional(),
    subject: z.string().optional(),
  }),
  z.strictObject({ act: z.literal('open'), email, campaign: z.string().optional() }),
  z.strictObject({
    act: z.literal('click'),
    email,
    campaign: z.string().optional(),
    url: z.string().optional(),
  }),
]);

/**
 * What people do in their mail and in Mailchimp's screens, for `POST /_sandbox/acts/mailchimp`:
 * `{"act": "unsubscribe", "email": "…"}`. Opens and clicks are of the last campaign unless one is named.
 *
 * @throws Error with a sentence for what cannot be done.
 */
export function play(desk: VendorDesk, given: Readonly<Record<string, unknown>>): object {
  const parsed = wishes.safeParse(given);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new Error(`${issue?.path.join('.') || 'The body'} is not usable: ${issue?.message}.`);
  }
  const wish = parsed.data;
  const list = AUDIENCE_ID;
  const shown = (row: MemberRow): object => ({ member: shownMember(row, surroundingsOf(desk, list)) });
  const campaignOf = (named: string | undefined): string => {
    const id = named ?? lastCampaign(desk, list)?.id;
    if (id === undefined) throw new Error('No campaign was sent yet.');
    return id;
  };
  switch (wish.act) {
    case 'sign-up':
      return shown(signUp(desk, list, { email: wish.email, mergeFields: wish.mergeFields ?? {} }));
    case 'unsubscribe':
      return shown((wish.by === 'admin' ? unsubscribeByAdmin : unsubscribe)(desk, list, wish.email));
    case 'clean':
      return shown(clean(desk, list, wish.email));
    case 'change':
      return shown(
        changeProfile(desk, list, wish.email, {
          ...(wish.newEmail === undefined ? {} : { email: wish.newEmail }),
          ...(wish.mergeFields === undefined ? {} : { mergeFields: wish.mergeFields }),
        }),
      );
    case 'import':
      return shown(importValues(desk, list, wish.email, wish.mergeFields));
    case 'keep':
      return shown(keepValues(desk, list, wish.email, wish.fields));
    case 'archive':
      return shown(archive(desk, list, wish.email));
    case 'delete':
      deleteForGood(desk, list, wish.email);
      return { deleted: wish.email };
    case 'send': {
      const { title = 'Lettre', subject = 'Des nouvelles de l’atelier' } = wish;
      const { campaign, recipients } = sendCampaign(desk, list, { title, subject });
      return { campaign: campaign.id, recipients: recipients.length };
    }
    case 'open':
      return { activity: open(desk, campaignOf(wish.campaign), list, wish.email) };
    case 'click': {
      const url = wish.url ?? `${company.website}/contact`;
      return { activity: click(desk, campaignOf(wish.campaign), list, wish.email, url) };
    }
  }
}
