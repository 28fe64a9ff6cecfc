import type { IntegrationRow } from '../server/store/integrations.ts';

/** The first integration of a flow, as it stands before anybody named it or chose an account. */
export const integrationRow = (
  about: Pick<IntegrationRow, 'organisationId' | 'flow'> & Partial<IntegrationRow>,
): IntegrationRow => ({
  id: about.flow,
  name: null,
  enabled: true,
  settings: {},
  owner: null,
  roles: [],
  ...about,
});
