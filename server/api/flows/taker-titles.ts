import type { Connector } from '../../core/connector.ts';
import { CAPABILITY_TITLES } from '../../core/offers.ts';
import type { RoleDeclaration } from '../../core/roles.ts';
import type { Sentence } from '../../core/sentence.ts';

/** Whose accounts can take a role, in words: a connector's, or what they have to offer. */
export function takerTitles(
  { connector, offers }: RoleDeclaration,
  connectors: ReadonlyMap<string, Pick<Connector, 'titles'>>,
): Sentence {
  if (connector === undefined) return CAPABILITY_TITLES[offers];
  return connectors.get(connector)?.titles ?? { en: connector, fr: connector };
}
