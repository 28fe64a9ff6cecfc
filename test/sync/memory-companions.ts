import { LiaisonError } from '../../server/core/errors.ts';
import type { Companion, Companions, Found, Made } from '../../server/core/sync/companions.ts';

/** Companies beside the people of a pretended vendor, by the people's field `company`. */
export interface MemoryCompanions {
  readonly companions: Companions;
  readonly held: Map<string, Companion>;
  /** What happens to the next ones that are made. */
  readonly troubles: ('lose-answer' | 'unreachable' | 'refuse')[];
  /** Ids of those that something else uses. */
  readonly used: Set<string>;
  calls: number;
  add(name: string): string;
}

const words = (en: string, fr: string) => ({ en, fr });
const failure = (kind: 'retry-later' | 'rejected', mayHaveHappened = false): LiaisonError =>
  new LiaisonError(kind, {
    sentence: words('no', 'non'),
    ...(mayHaveHappened ? { mayHaveHappened } : {}),
  });

export function memoryCompanions(field: string): MemoryCompanions {
  const held = new Map<string, Companion>();
  const key = (name: string): string => name.trim().toLowerCase();
  const memory: MemoryCompanions = {
    held,
    troubles: [],
    used: new Set(),
    calls: 0,
    add(name) {
      const id = `company-${held.size + 1}`;
      held.set(id, { id, name, version: '1' });
      return id;
    },
    companions: {
      titles: words('Companies', 'Sociétés'),
      field,
      key,
      wanted: (values) => (typeof values[field] === 'string' ? values[field] : null),
      url: (id) => `https://crm.example/companies/${id}`,
      async find(_client, names) {
        memory.calls += 1;
        return names.map((name): Found => {
          const same = [...held.values()].filter((one) => key(one.name) === key(name));
          const [companion] = same;
          if (companion === undefined) return { kind: 'none' };
          return same.length > 1 ? { kind: 'several' } : { kind: 'one', companion };
        });
      },
      async make(_client, names) {
        memory.calls += 1;
        const trouble = memory.troubles.shift();
        if (trouble === 'unreachable') throw failure('retry-later');
        const made = names.map((name, index): Made => {
          if (trouble === 'refuse' && index === 0) return { ok: false, error: failure('rejected') };
          return { ok: true, companion: held.get(memory.add(name)) as Companion };
        });
        if (trouble === 'lose-answer') throw failure('retry-later', true);
        return made;
      },
      async remove(_client, made) {
        return made.map(({ id, version }) => {
          const one = held.get(id);
          if (one !== undefined && one.version !== version) return words('Changed.', 'Modifiée.');
          if (memory.used.has(id)) return words('Used.', 'Utilisée.');
          held.delete(id);
          return null;
        });
      },
    },
  };
  return memory;
}
