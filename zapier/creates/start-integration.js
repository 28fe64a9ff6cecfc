const { api } = require('../addresses');
const { integrationFrom } = require('./reference');

async function perform(z, bundle) {
  const { integration } = bundle.inputData;
  const { data } = await z.request({
    url: api(`/integrations/${encodeURIComponent(integration)}/start`),
    method: 'POST',
  });
  return { id: integration, ...data };
}

module.exports = {
  startIntegration: {
    key: 'start_integration',
    noun: 'Integration',
    display: {
      label: 'Start Integration',
      description: 'Has an integration look at once for what is to be done, instead of at its next time.',
    },
    operation: {
      inputFields: [
        integrationFrom('start_list', 'A sync that is on, or an integration that looks at a source.'),
      ],
      perform,
      sample: { id: 'contacts-google-crm', started: true },
      outputFields: [
        { key: 'id', label: 'Integration ID' },
        { key: 'started', label: 'Started', type: 'boolean' },
      ],
    },
  },
};
