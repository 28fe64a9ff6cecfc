import type { VendorDesk } from '../core/simulator.ts';
import { analyticsTables, type ColumnRow, type DataType } from './rows.ts';

/** The company's own organisation of Analytics, and an agency's that shares a workspace with it. */
export const ORG = '20067421593';
export const AGENCY_ORG = '20069930417';
export const SALES_WORKSPACE = '184620000000002001';
export const SHARED_WORKSPACE = '184620000000007001';
export const TARGETS_TABLE = '184620000000002101';

const columns = (
  ...named: readonly (readonly [name: string, type: DataType, mandatory?: true])[]
): ColumnRow[] =>
  named.map(([name, type, mandatory = false], index) => ({
    id: `18462000000000${3000 + index}`,
    name,
    type,
    mandatory,
  }));

/** What the company looks at: the sales by month, and a campaign's figures in the agency's workspace. */
export function seed(desk: VendorDesk): void {
  const { workspaces, views, data } = analyticsTables(desk);
  workspaces.put(SALES_WORKSPACE, { id: SALES_WORKSPACE, name: 'Pilotage', org: ORG, owned: true });
  workspaces.put(SHARED_WORKSPACE, {
    ...{ id: SHARED_WORKSPACE, name: 'Campagnes (agence)', org: AGENCY_ORG, owned: false },
  });
  views.put(TARGETS_TABLE, {
    id: TARGETS_TABLE,
    workspace: SALES_WORKSPACE,
    name: 'Objectifs',
    type: 'Table',
    columns: columns(['Mois', 'DATE', true], ['Objectif', 'CURRENCY'], ['Commentaire', 'PLAIN']),
  });
  data.put(TARGETS_TABLE, {
    view: TARGETS_TABLE,
    rows: [
      ['2026-09-01 00:00:00', '18000', null],
      ['2026-10-01 00:00:00', '21000', 'Salon du livre'],
      ['2026-11-01 00:00:00', '24000', null],
    ],
  });
  const board = '184620000000002201';
  views.put(board, {
    ...{ id: board, workspace: SALES_WORKSPACE, name: 'Tableau de bord des ventes', type: 'Dashboard' },
    columns: [],
  });
  const spent = '184620000000007101';
  views.put(spent, {
    ...{ id: spent, workspace: SHARED_WORKSPACE, name: 'Dépenses', type: 'Table' },
    columns: columns(['Jour', 'DATE'], ['Dépense', 'CURRENCY']),
  });
  data.put(spent, { view: spent, rows: [['2026-11-02 00:00:00', '120.5']] });
}
