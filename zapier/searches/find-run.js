const { api } = require('../addresses');

/** A name is in one language, or what people call it in both. */
const inWords = (text) => (typeof text === 'string' ? text : (text?.en ?? null));

async function perform(z, bundle) {
  const { record, integration } = bundle.inputData;
  const params = { record, limit: 10, ...(integration && { integration }) };
  const { data } = await z.request({ url: api('/runs'), params });
  return data.runs.map((run) => ({
    id: run.id,
    state: run.state,
    summary: inWords(run.summary),
    reason: inWords(run.error?.sentence),
    integration: inWords(run.integration.titles),
    record_id: run.record.id,
    record_object: run.record.object,
    record_name: inWords(run.record.label),
    url: run.record.url,
    received_at: run.createdAt,
    finished_at: run.finishedAt,
  }));
}

module.exports = {
  findRun: {
    key: 'find_run',
    noun: 'Run',
    display: {
      label: 'Find What Was Done',
      description: 'Finds in the log what Liaison did for a record, newest first.',
    },
    operation: {
      inputFields: [
        {
          key: 'record',
          label: 'Record',
          helpText: 'Part of its name, or its ID, in any application that takes part.',
          required: true,
        },
        {
          key: 'integration',
          label: 'Integration',
          helpText: 'Only what this integration did. Leave it blank for all of them.',
          dynamic: 'integration_list.id.title',
          required: false,
        },
      ],
      perform,
      sample: {
        id: '019a3c1e-7b52-7c55-9f0e-2d1b8a6f4c11',
        state: 'done',
        summary: 'Zoé Lacombe is a new lead.',
        reason: null,
        integration: 'Form answers to Zoho CRM',
        record_id: '4876876000000512001',
        record_object: 'zohoCrm.leads',
        record_name: 'Zoé Lacombe',
        url: 'https://crm.zoho.eu/crm/tab/Leads/4876876000000512001',
        received_at: '2026-03-02T09:15:27.114Z',
        finished_at: '2026-03-02T09:15:28.020Z',
      },
      outputFields: [
        { key: 'id', label: 'Run ID' },
        { key: 'state', label: 'State' },
        { key: 'summary', label: 'What was done' },
        { key: 'reason', label: 'Why it could not be done' },
        { key: 'integration', label: 'Integration name' },
        { key: 'record_id', label: 'Record ID' },
        { key: 'record_object', label: 'Kind of record' },
        { key: 'record_name', label: 'Record name' },
        { key: 'url', label: 'Address of the record' },
        { key: 'received_at', label: 'When it began', type: 'datetime' },
        { key: 'finished_at', label: 'When it ended', type: 'datetime' },
      ],
    },
  },
};
