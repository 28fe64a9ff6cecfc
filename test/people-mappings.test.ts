import { syncFor } from '../server/core/sync-flow.ts';
import { syncs } from '../server/flows/index.ts';

/** As these flows have always had them: integrations that nobody changed live by these very texts. */
const RULES: Readonly<Record<string, string>> = {
  'contacts-google-crm': [
    '{"fields":[{"left":"names","right":"Full_Name","kind":"name","direction":"both","master":"right","blank":"leave"},',
    '{"left":"emailAddresses","right":"Email","kind":"email","direction":"both","master":"right","blank":"leave"},',
    '{"left":"phoneNumbers","right":"Phone","kind":"phone","direction":"both","master":"right","blank":"leave"},',
    '{"left":"organizations.name","right":"Account_Name","kind":"company","direction":"both","master":"right","blank":"leave"}],',
    '"matchBy":[["emailAddresses"],["names","phoneNumbers"]],',
    '"create":{"left":true,"right":true},"remove":{"left":"keep","right":"keep"},"country":"FR"}',
  ].join(''),
  'mailchimp-crm': [
    '{"fields":[{"left":"NAME","right":"Full_Name","kind":"name","direction":"both","master":"right","blank":"leave"},',
    '{"left":"EMAIL","right":"Email","kind":"email","direction":"both","master":"right","blank":"leave"},',
    '{"left":"PHONE","right":"Phone","kind":"phone","direction":"both","master":"right","blank":"leave"},',
    '{"left":"COMPANY","right":"Account_Name","kind":"company","direction":"both","master":"right","blank":"leave"},',
    '{"left":"opted_out","right":"Email_Opt_Out","kind":"consent","direction":"both","master":"right","blank":"leave"},',
    '{"left":"tags","right":"Lead_Source","kind":"labels","direction":"to-left","master":"right","blank":"clear"}],',
    '"matchBy":[["EMAIL"]],',
    '"create":{"left":true,"right":false},"remove":{"left":"keep","right":"keep"},"country":"FR"}',
  ].join(''),
};

it.each(Object.entries(RULES))('%s begins with the mapping that it always had, to the byte', (id, rules) => {
  expect(JSON.stringify(syncFor(syncs.get(id)!, null).defaults.rules)).toBe(rules);
});
