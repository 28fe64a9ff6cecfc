import { Problem } from '../api/problem.ts';
import type { ModeServices } from '../api/session/mode-services.ts';
import type { Config } from '../config.ts';
import type { Connector } from '../core/connector.ts';
import type { Sentence } from '../core/sentence.ts';
import { productionNeeds } from './production-needs.ts';

export interface ModeParts {
  readonly config: Config;
  readonly connectors: ReadonlyMap<string, Connector>;
  /** Server processes that live on this database, this one left out. */
  readonly others: () => Promise<readonly { readonly id: string }[]>;
  /** A second row that this process stands in. */
  readonly ownPresence: string;
  /** Stops this server and starts it in production. Returns at once. */
  readonly leave: () => void;
}

/** How Liaison runs, and the way out of the sandbox. */
export function modeServices(parts: ModeParts): ModeServices {
  const { config } = parts;
  const needs = () => productionNeeds(config, parts.connectors.values());
  let leaving = false;

  async function hindrance(): Promise<Sentence | null> {
    if (config.mode === 'production') return ALREADY;
    if (needs().some(({ required, state }) => required && state !== 'ready')) return NOT_READY;
    const others = (await parts.others()).filter(({ id }) => id !== parts.ownPresence);
    return others.length > 0 ? othersAtWork(others.length) : null;
  }

  return {
    async view() {
      const hindered = await hindrance();
      return { mode: config.mode, needs: needs(), possible: hindered === null, hindrance: hindered };
    },
    async switch() {
      const hindered = await hindrance();
      if (hindered !== null) throw notNow(hindered);
      if (!leaving) parts.leave();
      leaving = true;
      return { restarting: true };
    },
  };
}

const ALREADY: Sentence = {
  en: 'This server runs in production already.',
  fr: 'Ce serveur tourne déjà en production.',
};
const NOT_READY: Sentence = {
  en: 'Something that production needs is still missing.',
  fr: 'Il manque encore quelque chose dont la production a besoin.',
};
const othersAtWork = (count: number): Sentence => ({
  en: `${count} more server processes work on this sandbox. Stop them first.`,
  fr: `${count} autres processus serveur travaillent sur ce bac à sable. Arrêtez-les d’abord.`,
});

const notNow = (detail: Sentence): Problem =>
  new Problem({
    status: 409,
    type: 'not-ready',
    title: { en: 'The sandbox cannot be left now', fr: 'Le bac à sable ne peut pas être quitté maintenant' },
    detail,
    action: { en: 'Nothing was changed.', fr: 'Rien n’a été modifié.' },
  });
