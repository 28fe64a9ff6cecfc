const samples = require('../samples.json');

const RECORD = [
  { key: 'data__record__application', label: 'Application' },
  { key: 'data__record__object', label: 'Kind of record' },
  { key: 'data__record__id', label: 'Record ID' },
  { key: 'data__record__name', label: 'Record name' },
];
const AMOUNT = [
  { key: 'data__amount__value', label: 'Amount', type: 'number' },
  { key: 'data__amount__currency', label: 'Currency' },
];
const REASON = [
  { key: 'data__reason__en', label: 'Reason' },
  { key: 'data__reason__fr', label: 'Reason in French' },
  { key: 'data__reason__code', label: 'Reason code' },
];

/**
 * What begins Zaps: each is one or more of the events that Liaison tells of, whose messages come as they are. The samples
 * are made by the server's own code (`npm run generate`).
 */
const EVENTS = [
  {
    key: 'new_lead',
    noun: 'Lead',
    label: 'New Lead',
    description: 'Triggers when an integration creates a lead, or a contact, in Zoho CRM.',
    facts: ['lead.created'],
    fields: [...RECORD, { key: 'data__source__application', label: 'Source application' }],
  },
  {
    key: 'won_deal',
    noun: 'Deal',
    label: 'Won Deal',
    description: 'Triggers when an integration announces a deal that is won.',
    facts: ['deal.won'],
    fields: [...RECORD, { key: 'data__stage', label: 'Stage' }, ...AMOUNT],
  },
  {
    key: 'changed_record',
    noun: 'Record',
    label: 'Changed Record',
    description: 'Triggers when a sync creates, changes or removes a record.',
    facts: ['record.changed'],
    fields: [
      { key: 'data__operation', label: 'What was done' },
      ...RECORD,
      { key: 'data__from__application', label: 'Application of the other side' },
      { key: 'data__from__id', label: 'Record ID of the other side' },
      { key: 'data__fields[]', label: 'Fields that were written' },
    ],
  },
  {
    key: 'payment',
    noun: 'Payment',
    label: 'Booked Payment',
    description: 'Triggers when a payment stands in the books, with its invoice.',
    facts: ['payment.booked'],
    fields: [
      { key: 'data__reference', label: 'Payment' },
      { key: 'data__source', label: 'Application of the payment' },
      ...AMOUNT,
      { key: 'data__customer', label: 'Customer' },
      { key: 'data__invoice__id', label: 'Invoice ID' },
      { key: 'data__invoice__name', label: 'Invoice number' },
    ],
  },
  {
    key: 'failed_sync',
    noun: 'Failure',
    label: 'Failed Sync',
    description: 'Triggers when a run is set aside, or a sync stops, until somebody has looked.',
    facts: ['run.failed', 'integration.paused'],
    fields: [...REASON, { key: 'data__run', label: 'Run ID' }, ...RECORD],
  },
].map((event) => ({ ...event, sample: samples[event.facts[0]] }));

module.exports = { EVENTS };
