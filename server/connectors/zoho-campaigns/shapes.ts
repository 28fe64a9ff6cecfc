import { z } from 'zod';

/** All values are text, and one that is missing is the text `null`. */
const text = z
  .union([z.string(), z.number(), z.null()])
  .optional()
  .catch(undefined)
  .transform((value) => (value === undefined || value === null || value === 'null' ? '' : String(value)));
const count = text.transform((value) => (/^\d+$/.test(value) ? Number(value) : 0));
const moment = text.transform((value) => {
  const at = new Date(Number(value));
  return /^\d+$/.test(value) && !Number.isNaN(at.getTime()) ? at.toISOString() : null;
});

/** https://www.zoho.com/campaigns/help/developers/get-mailing-lists.html */
export const listSchema = z
  .object({
    listkey: z.string().min(1),
    listname: z.string(),
    is_public: z.union([z.boolean(), z.string(), z.null()]).optional().catch(undefined),
    noofcontacts: count,
    noofunsubcnt: count,
    noofbouncecnt: count,
  })
  .transform((list) => ({
    key: list.listkey,
    name: list.listname,
    /**
     * Whether it has a sign-up form, so that whoever is subscribed confirms by mail first. The page does not explain
     * `is_public`; making a list knows `public` and `private` sign-up forms. Where nothing is said, it may have one.
     */
    hasForm: String(list.is_public ?? 'true') !== 'false',
    contacts: list.noofcontacts,
    unsubscribed: list.noofunsubcnt,
    bounced: list.noofbouncecnt,
  }));
export type MailingList = z.infer<typeof listSchema>;
export const listsSchema = z.object({ list_of_details: z.array(listSchema) });

/** https://www.zoho.com/campaigns/help/developers/get-list-subscribers.html */
export const subscriberSchema = z
  .object({
    contact_email: z.string().min(1),
    firstname: text,
    lastname: text,
    companyname: text,
    phone: text,
    added_time: text,
  })
  .transform((row) => ({
    email: row.contact_email.trim(),
    given: row.firstname,
    family: row.lastname,
    company: row.companyname,
    phone: row.phone,
    /** As Campaigns writes it for people: `02 Aug 2013, 12:39 PM`, by a clock that it does not name. */
    added: row.added_time,
  }));
export type Subscriber = z.infer<typeof subscriberSchema>;
export const subscribersSchema = z.object({ list_of_details: z.array(subscriberSchema) });

export const countSchema = z.object({ no_of_contacts: count });

/** https://www.zoho.com/campaigns/help/developers/get-topics.html */
export const topicsSchema = z.object({
  topicDetails: z.array(z.object({ topicId: z.string(), topicName: text })).catch([]),
});

/** https://www.zoho.com/campaigns/help/developers/get-contact-fields.html */
export const fieldsSchema = z.object({
  response: z.object({
    fieldnames: z.object({
      fieldname: z.array(z.object({ DISPLAY_NAME: z.string(), FIELD_NAME: z.string() })),
    }),
  }),
});

/** https://www.zoho.com/campaigns/help/developers/recent-campaign.html */
export const campaignSchema = z
  .object({ campaign_key: z.string().min(1), campaign_name: text, subject: text, sent_time: moment })
  .transform((one) => ({
    key: one.campaign_key,
    name: one.campaign_name || one.subject,
    sentAt: one.sent_time,
  }));
export type Campaign = z.infer<typeof campaignSchema>;
export const campaignsSchema = z.object({ recent_campaigns: z.array(campaignSchema) });

/** https://www.zoho.com/campaigns/help/developers/campaign-recipient-data.html : it does not say when something was opened. */
export const recipientsSchema = z.object({
  list_of_details: z.array(
    z
      .object({ contactemailaddress: text, sent_time: moment })
      .transform((row) => ({ email: row.contactemailaddress.trim().toLowerCase(), sentAt: row.sent_time })),
  ),
});
