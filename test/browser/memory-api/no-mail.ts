import type { MailServices } from '../../../server/api/mail/mail-services.ts';

const off = { state: 'off', sentence: null, integration: null } as const;

/** An organisation whose CRM knows nobody, and that logs no mail. */
export const noMail: MailServices = {
  people: async (_organisationId, addresses) => ({
    people: addresses.map((address) => ({ address, internal: false, user: null, records: [] })),
    more: 0,
    logging: off,
  }),
  make: async () => {
    throw new Error('nobody is made here');
  },
  suggest: async () => ({
    firstName: '',
    lastName: '',
    email: null,
    phone: '',
    company: '',
    title: '',
    claims: null,
  }),
  logs: async () => ({ logs: [] }),
  log: async () => ({ logs: [], leftOut: [] }),
  conversation: async (_asker, conversation) => ({
    ...{ conversation, state: 'off' as const, sentence: null, connect: null },
    records: [],
  }),
  setConversation: async (_asker, conversation) => ({
    ...{ conversation, state: 'off' as const, sentence: null, connect: null },
    records: [],
  }),
};
