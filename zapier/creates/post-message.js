const { api } = require('../addresses');
const { integrationFrom, onceBy, REFERENCE } = require('./reference');

async function perform(z, bundle) {
  const { integration, text } = bundle.inputData;
  const { data } = await z.request({
    url: api(`/integrations/${encodeURIComponent(integration)}/messages`),
    method: 'POST',
    headers: onceBy(z, bundle),
    body: { text },
  });
  return { id: data.message, is_new: data.isNew };
}

module.exports = {
  postMessage: {
    key: 'post_message',
    noun: 'Message',
    display: {
      label: 'Announce',
      description:
        'Posts a message where one of your announcements posts its own: a channel, a chat, a person.',
    },
    operation: {
      inputFields: [
        integrationFrom('post_list', 'The announcement whose place the message goes to.'),
        { key: 'text', label: 'Message', type: 'text', required: true },
        REFERENCE,
      ],
      perform,
      sample: { id: '1764480000.000100', is_new: true },
      outputFields: [
        { key: 'id', label: 'Message ID' },
        { key: 'is_new', label: 'Posted now', type: 'boolean' },
      ],
    },
  },
};
