const { api } = require('../addresses');

/** What can be chosen in the fields of Zaps, asked when somebody opens one. */
function choice(key, noun, label, read) {
  return {
    key,
    noun,
    display: { label, description: `Fills a field: ${label}.`, hidden: true },
    operation: {
      type: 'polling',
      perform: async (z) => {
        const all = await read(z);
        return all.map(({ id, titles }) => ({ id, title: titles.en }));
      },
      sample: { id: 'announce', title: 'Announcements' },
    },
  };
}

const ofActions = (name) => async (z) => {
  const { data } = await z.request({ url: api('/actions') });
  return data[name];
};

async function integrations(z) {
  const { data } = await z.request({ url: api('/integrations') });
  return data.integrations;
}

module.exports = {
  choices: [
    choice('integration_list', 'Integration', 'Integrations', integrations),
    choice('hand_list', 'Integration', 'Integrations that take records', ofActions('hand')),
    choice('start_list', 'Integration', 'Integrations that can be started', ofActions('start')),
    choice('post_list', 'Announcement', 'Announcements', ofActions('post')),
  ],
};
