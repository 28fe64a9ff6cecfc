import type { Connector } from '../../core/connector.ts';
import type { OfferedFlow } from '../contract.ts';

/** A connector as somebody recognises it: by its name, and the mark beside it. */
export function applicationView(
  connectors: ReadonlyMap<string, Connector>,
  id: string,
): OfferedFlow['applications'][number] {
  const { titles, mark } = connectors.get(id) ?? { titles: { en: id, fr: id } };
  return { id, titles, mark: mark ?? null };
}
