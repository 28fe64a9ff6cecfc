const { api } = require('../addresses');

async function perform(z, bundle) {
  const { data } = await z.request({ url: api('/people'), params: { email: bundle.inputData.email } });
  return data.people;
}

module.exports = {
  findPerson: {
    key: 'find_person',
    noun: 'Person',
    display: {
      label: 'Find Contact or Lead',
      description: 'Finds contacts and leads of Zoho CRM by e-mail address.',
    },
    operation: {
      inputFields: [{ key: 'email', label: 'E-mail address', required: true }],
      perform,
      sample: {
        id: '4876876000000512001',
        module: 'Leads',
        name: 'Zoé Lacombe',
        email: 'zoe.lacombe@example.com',
        phone: '+33 4 76 00 00 00',
        company: 'Café Müller',
        url: 'https://crm.zoho.eu/crm/tab/Leads/4876876000000512001',
      },
      outputFields: [
        { key: 'id', label: 'Record ID' },
        { key: 'module', label: 'Module' },
        { key: 'name', label: 'Name' },
        { key: 'email', label: 'E-mail address' },
        { key: 'phone', label: 'Phone' },
        { key: 'company', label: 'Company' },
        { key: 'url', label: 'Address in Zoho CRM' },
      ],
    },
  },
};
