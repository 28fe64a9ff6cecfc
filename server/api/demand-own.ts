import type { IntegrationServices } from './integrations/integration-services.ts';
import { adminOnly, notFound } from './problems.ts';
import type { Session } from './session/session.ts';

/**
 * What an integration set aside is an admin's to take up again, and its own person's.
 *
 * @param id absent: of all integrations, which is an admin's.
 */
export async function demandOwn(
  integrations: Pick<IntegrationServices, 'access'>,
  session: Session,
  id: string | undefined,
): Promise<void> {
  if (session.role === 'admin') return;
  if (id === undefined) throw adminOnly();
  const access = await integrations.access(session, id);
  if (access === 'see') throw adminOnly();
  if (access === null) throw notFound();
}
