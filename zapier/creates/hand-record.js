const { api } = require('../addresses');
const { integrationFrom, onceBy, REFERENCE } = require('./reference');

/** The names that the chosen integration's mapping knows. */
async function valuesField(z, bundle) {
  const { data } = await z.request({ url: api('/actions') });
  const fields = data.hand.find(({ id }) => id === bundle.inputData.integration)?.fields ?? [];
  const known = fields.length === 0 ? '' : ` Its mapping knows: ${fields.join(', ')}.`;
  return [
    {
      key: 'values',
      label: 'Values',
      helpText: `On the left the name as the mapping of the integration in Liaison knows it, on the right the value. E-mail, phone, name and company are recognised by their names.${known}`,
      dict: true,
      required: true,
    },
  ];
}

async function perform(z, bundle) {
  const { integration, values } = bundle.inputData;
  const { data } = await z.request({
    url: api(`/integrations/${encodeURIComponent(integration)}/intake`),
    method: 'POST',
    headers: onceBy(z, bundle),
    body: { values },
  });
  if (data.state === 'shelved')
    throw new z.errors.Error(data.error?.sentence?.en ?? 'Liaison set the record aside.', 'shelved', 422);
  const [record] = data.records;
  return {
    id: data.run ?? record?.id ?? integration,
    state: data.state,
    summary: data.summary?.en ?? null,
    record_id: record?.id ?? null,
    record_object: record?.object ?? null,
  };
}

module.exports = {
  handRecord: {
    key: 'hand_record',
    noun: 'Record',
    display: {
      label: 'Create or Update Record',
      description:
        'Hands a record to an integration: by its mapping Zoho CRM gets a new lead or contact, or the one that is there is completed.',
    },
    operation: {
      inputFields: [
        {
          ...integrationFrom(
            'hand_list',
            'One that turns form answers into leads and contacts, with “Webhook (any form)” as its form.',
          ),
          altersDynamicFields: true,
        },
        valuesField,
        REFERENCE,
      ],
      perform,
      sample: {
        id: '019a3c1e-7b52-7c55-9f0e-2d1b8a6f4c11',
        state: 'done',
        summary: 'Zoé Lacombe is a new lead.',
        record_id: '4876876000000512001',
        record_object: 'zohoCrm.leads',
      },
      outputFields: [
        { key: 'id', label: 'Run ID' },
        { key: 'state', label: 'State' },
        { key: 'summary', label: 'What was done' },
        { key: 'record_id', label: 'Record ID' },
        { key: 'record_object', label: 'Kind of record' },
      ],
    },
  },
};
