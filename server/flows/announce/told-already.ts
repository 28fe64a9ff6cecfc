import { zohoCrm } from '../../connectors/zoho-crm/connector.ts';
import type { RunContext } from '../../core/flow.ts';

/**
 * Whether the win that the deal stands at was announced. What is remembered of a deal is how it stood when it
 * was last announced: it has been won again if it came into the stage later than that. Asked of the CRM only for
 * deals that were announced before.
 */
export async function isToldAlready(
  { client, linked, read }: Pick<RunContext<unknown, string>, 'client' | 'linked' | 'read'>,
  dealId: string,
  stage: string,
): Promise<boolean> {
  const told = await linked(dealId);
  if (told === null) return false;
  const entered = await read('win', () => client(zohoCrm).enteredStage(dealId, stage));
  return entered !== null && entered <= Date.parse(told);
}
