import type { FlowTrial } from '../../core/trial.ts';
import type { Settings } from './settings.ts';

/** It is begun by mails that come and go, which a person chooses in their mail program, and not from a list. */
export const conversationTrial: FlowTrial<Settings> = {
  records: async () => [],
  async event(_source, record) {
    return { topic: '', recordId: record, body: {} };
  },
};
