import type { ConnectionEffects } from '../../../server/api/contract.ts';
import type { Sentence } from '../../../server/core/sentence.ts';
import { useSpeech } from '../../language/language.tsx';

interface EffectsProps {
  readonly effects: ConnectionEffects;
  readonly vendor: string;
  readonly of: 'disconnecting' | 'reconnecting';
}

/** What a disconnection or a reconnection touches, as sentences: the same for both, each in its own words. */
export function Effects({ effects, vendor, of }: EffectsProps) {
  const { texts, say, formats } = useSpeech();
  const words = texts.connections[of];
  const names = (all: readonly { titles: Sentence }[]) => all.map(({ titles }) => say(titles)).join(', ');
  const { flows, syncs, webhooks, waiting } = effects;
  const links = syncs.reduce((sum, sync) => sum + sync.links, 0);
  return (
    <>
      {flows.length > 0 && <li>{words.flows(names(flows))}</li>}
      {syncs.length > 0 && <li>{words.syncs(names(syncs))}</li>}
      {links > 0 && <li>{words.links(links, formats.number(links))}</li>}
      {waiting > 0 && <li>{words.waiting(waiting)}</li>}
      {webhooks.length > 0 && <li>{words.webhooks(webhooks.length, vendor)}</li>}
    </>
  );
}
