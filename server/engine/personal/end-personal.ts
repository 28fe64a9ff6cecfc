import type { Sentence } from '../../core/sentence.ts';
import { type ConnectionRow, listConnections } from '../../store/connections.ts';
import type { Database } from '../../store/database.ts';
import { againAfterDeadlock } from '../../store/deadlock.ts';
import { deleteIntegration } from '../../store/delete-integration.ts';
import { type IntegrationRow, integrationsOf } from '../../store/integrations.ts';
import { announce } from '../notify.ts';

export interface EndParts {
  readonly database: Database;
  /** Ends an account's connection at its vendor as well as it goes, and forgets it. */
  readonly disconnect: (connection: ConnectionRow) => Promise<unknown>;
  /** What nobody needs any longer at the vendors ends. */
  readonly onFlowChange: (organisationId: string) => Promise<void>;
}

export interface EndedPersonal {
  readonly integrations: number;
  readonly accounts: number;
}

/**
 * Ends what a person has of their own: integrations first, so that nothing is written any more, then the accounts that
 * nothing of theirs uses any longer. Records stay where they are. Cut short, it can be repeated.
 *
 * @param which of their integrations.
 * @param everything also accounts that none of the integrations used.
 */
export async function endPersonal(
  { database, disconnect, onFlowChange }: EndParts,
  { organisationId, userId }: { readonly organisationId: string; readonly userId: string },
  which: (row: IntegrationRow) => boolean,
  { why, everything }: { readonly why: Sentence; readonly everything: boolean },
): Promise<EndedPersonal> {
  const own = (await integrationsOf(database, organisationId)).filter(({ owner }) => owner === userId);
  const ending = own.filter(which);
  const staying = own.filter((row) => !which(row));
  const used = (rows: readonly IntegrationRow[]) =>
    new Set(rows.flatMap(({ roles }) => roles.flatMap(({ connectionId }) => connectionId ?? [])));
  const [left, kept] = [used(ending), used(staying)];
  for (const { id } of ending)
    await againAfterDeadlock(() =>
      database.transaction((sql) => deleteIntegration(sql, { organisationId, integration: id }, why)),
    );
  await announce(database, 'directory');
  const connections = (await listConnections(database, organisationId)).filter(
    ({ id, owner }) => owner === userId && !kept.has(id) && (everything || left.has(id)),
  );
  for (const connection of connections) await disconnect(connection);
  await announce(database, 'directory');
  await onFlowChange(organisationId);
  return { integrations: ending.length, accounts: connections.length };
}
