import { type Call, type Operation, refusal } from './api.ts';
import { orNull, pageOf, spoken } from './pages-of.ts';
import { campaignsTables, FIELDS, type ListRow, membershipsOf, type Standing } from './rows.ts';

const READ = 'ZohoCampaigns.contact.READ';

/** What can be asked of lists and of the people in them. */
export const listOperations: readonly Operation[] = [
  { methods: ['GET', 'POST'], path: '/getmailinglists', scope: READ, run: mailingLists },
  { methods: ['GET', 'POST'], path: '/getlistsubscribers', scope: READ, run: subscribers },
  { methods: ['GET', 'POST'], path: '/listsubscriberscount', scope: READ, run: subscribersCount },
  { methods: ['GET'], path: '/topics', scope: READ, formatIn: 'none', run: topics },
  { methods: ['GET'], path: '/contact/allfields', scope: READ, formatIn: 'type', run: allFields },
];

export function listOf({ desk, given }: Call, code: string): ListRow {
  const list = campaignsTables(desk).lists.get(given.listkey ?? '');
  if (!list) throw refusal(code, 'Listkey is empty or invalid.');
  return list;
}

const counted = (call: Call, key: string, standing: Standing): number =>
  membershipsOf(call.desk, key, standing).length;

/** https://www.zoho.com/campaigns/help/developers/get-mailing-lists.html */
function mailingLists(call: Call): object {
  const all = campaignsTables(call.desk).lists.all();
  if (all.length === 0) throw refusal('2401', 'No mailing list has been created. Please create a list.');
  const list_of_details = pageOf(call, all).map(({ key, number, name, hasForm, createdAt }) => ({
    ...{ listkey: key, listunino: number, listname: name, is_public: String(hasForm) },
    noofcontacts: String(counted(call, key, 'active')),
    noofunsubcnt: String(counted(call, key, 'unsub')),
    noofbouncecnt: String(counted(call, key, 'bounce')),
    created_time: String(createdAt),
    ...{ lockstatus: 'unlocked', owner: 'Claire Fontaine', segments: {} },
  }));
  return { status: 'success', code: '0', list_of_details, total_record_count: all.length };
}

/** `recent` and `mostrecent` have no words on the page that say how recent: they are not served. */
const STANDINGS: Readonly<Record<string, Standing>> = {
  active: 'active',
  unsub: 'unsub',
  bounce: 'bounce',
  spam: 'spam',
};

function standingIn({ given }: Call): Standing {
  const standing = STANDINGS[given.status || 'active'];
  if (standing === undefined) throw refusal('1001', 'Pattern doesn’t match.');
  return standing;
}

/**
 * https://www.zoho.com/campaigns/help/developers/get-list-subscribers.html. Nobody there is an error, as programs
 * that call it know it: github.com/keepsuit/laravel-zoho-campaigns.
 */
function subscribers(call: Call): object {
  const list = listOf(call, '2501');
  const standing = standingIn(call);
  const { contacts } = campaignsTables(call.desk);
  const rows = pageOf(call, membershipsOf(call.desk, list.key, standing));
  if (rows.length === 0)
    throw refusal('2502', 'Error in displaying contacts details. Please try after sometime.');
  return {
    ...{ status: 'success', code: '0' },
    list_of_details: rows.map(({ email, addedAt }) => {
      const contact = contacts.get(email);
      return {
        contact_email: email,
        firstname: orNull(contact?.values.firstname),
        lastname: orNull(contact?.values.lastname),
        companyname: orNull(contact?.values.companyname),
        phone: orNull(contact?.values.phone),
        added_time: spoken(addedAt),
        zuid: 'null',
      };
    }),
  };
}

/** https://www.zoho.com/campaigns/help/developers/view-total-contacts.html */
function subscribersCount(call: Call): object {
  const list = listOf(call, '2202');
  return { status: 'success', code: '0', no_of_contacts: counted(call, list.key, standingIn(call)) };
}

/** https://www.zoho.com/campaigns/help/developers/get-topics.html: without a status. */
function topics({ desk }: Call): object {
  const all = campaignsTables(desk).topics.all();
  const topicDetails = all.map(({ id, name, description }) => ({
    ...{ topicId: id, topicName: name, topicDesc: description },
  }));
  return { topicDetails, code: '200', message: 'Success' };
}

/** https://www.zoho.com/campaigns/help/developers/get-contact-fields.html */
function allFields(): object {
  const fieldname = FIELDS.map(([name, label], index) => ({
    ...{ DISPLAY_NAME: label, FIELD_NAME: name, FIELD_DISPLAY_NAME: label },
    ...{ IS_MANDATORY: name === 'contact_email', FIELD_ID: 4_000_000_000_015 + index * 2, UITYPE: '1' },
  }));
  return { response: { message: 'success', code: '0', status: 'success', fieldnames: { fieldname } } };
}
