const { api } = require('../addresses');
const { EVENTS } = require('./events');

const COMMON = [
  // The same however often Liaison tells of it; every change is an event of its own.
  { key: 'id', label: 'Event ID', primary: true },
  { key: 'type', label: 'Event' },
  { key: 'version', label: 'Version', type: 'integer' },
  { key: 'timestamp', label: 'When it happened', type: 'datetime' },
  { key: 'integration__id', label: 'Integration ID' },
  { key: 'integration__flow', label: 'Kind of integration' },
  { key: 'integration__name', label: 'Integration name' },
];

const INTEGRATION = {
  key: 'integration',
  label: 'Integration',
  helpText: 'Only what happens in this integration. Leave it blank for all of them.',
  dynamic: 'integration_list.id.title',
  required: false,
};

function hook({ key, noun, label, description, facts, fields, sample }) {
  const chosen = (bundle) => bundle.inputData.integration;

  async function subscribe(z, bundle) {
    const { data } = await z.request({
      url: api('/receivers'),
      method: 'POST',
      body: {
        url: bundle.targetUrl,
        description: `Zapier: ${label}`,
        facts,
        ...(chosen(bundle) && { integrations: [chosen(bundle)] }),
      },
    });
    // Its secret stays out of what Zapier keeps: nothing here would use it.
    return { id: data.receiver.id };
  }

  async function unsubscribe(z, bundle) {
    const { id } = bundle.subscribeData ?? {};
    if (!id) return {};
    const response = await z.request({
      url: api(`/receivers/${encodeURIComponent(id)}`),
      method: 'DELETE',
      skipThrowForStatus: true,
    });
    // Ended in Liaison before, or by an answer of 410: that is what was wanted.
    if (response.status !== 404) response.throwForStatus();
    return {};
  }

  async function list(z, bundle) {
    const params = chosen(bundle) ? { integration: chosen(bundle) } : {};
    const answers = await Promise.all(facts.map((fact) => z.request({ url: api(`/facts/${fact}`), params })));
    const all = answers.map(({ data }) => data);
    // An example stands for nothing where something real of another kind is there.
    const real = all.filter(({ isExample }) => !isExample);
    const shown = real.length > 0 ? real : all.slice(0, 1);
    return shown
      .flatMap((one) => one.facts)
      .sort((one, other) => other.timestamp.localeCompare(one.timestamp));
  }

  return {
    key,
    noun,
    display: { label, description },
    operation: {
      type: 'hook',
      inputFields: [INTEGRATION],
      performSubscribe: subscribe,
      performUnsubscribe: unsubscribe,
      perform: (_z, bundle) => [bundle.cleanedRequest],
      performList: list,
      sample,
      outputFields: [...COMMON, ...fields],
    },
  };
}

module.exports = { hooks: EVENTS.map(hook) };
