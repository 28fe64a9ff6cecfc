import { connectors } from '../../connectors/index.ts';
import { syncs } from '../../flows/index.ts';
import type { ConnectionRow } from '../../store/connections.ts';
import { chosenAccounts } from './chosen-accounts.ts';

const flow = syncs.get('contacts-google-crm');
if (flow === undefined) throw new Error('the flow is not offered');
const byId = new Map(connectors.map((one) => [one.id, one]));
const account = (id: string, connector: string, owner: string | null) =>
  ({ id, connector, owner, account: { id, name: id } }) as ConnectionRow;
const crm = account('crm', 'zoho-crm', null);
const shared = account('shared', 'google-people', null);
const own = account('own', 'google-people', 'zoe');
const chosen = (connections: readonly ConnectionRow[], sent: Record<string, string>, ownOnly?: string) =>
  chosenAccounts(flow.roles, sent, { connections, connectors: byId, ownOnly, mustBeWhole: true });

describe('what is a person’s own', () => {
  it('does not go through the organisation’s account, by choice or for want of another', () => {
    for (const sent of [{ left: 'shared' }, {}]) {
      const { refusals } = chosen([crm, shared], sent, 'left');
      expect(refusals.map(({ field }) => field)).toEqual(['connections.left']);
      expect(refusals[0]?.detail.en).toContain('your own account');
    }
  });

  it('goes through their own account, beside the organisation’s CRM, without being asked', () => {
    expect(chosen([crm, shared, own], {}, 'left')).toEqual({
      chosen: { left: 'own', right: 'crm' },
      refusals: [],
    });
  });
});

it('what is the organisation’s goes through its account', () => {
  expect(chosen([crm, shared], {})).toEqual({ chosen: { left: 'shared', right: 'crm' }, refusals: [] });
});
