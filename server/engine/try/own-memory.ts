import type { EarlyFact, RunContext } from '../../core/flow.ts';
import { ALL_INTEGRATIONS, isClaimed } from '../../store/claims.ts';
import type { Database } from '../../store/database.ts';
import { earlyFacts } from '../../store/early-facts.ts';
import { linkedElsewhere, linkedRecords } from '../../store/links.ts';

type Memory = Pick<
  RunContext<unknown, string>,
  | 'once'
  | 'onceForAll'
  | 'linked'
  | 'linkedElsewhere'
  | 'link'
  | 'keep'
  | 'kept'
  | 'forget'
  | 'about'
  | 'exclusively'
  | 'beginRuns'
  | 'isOn'
> & {
  /** What earlier runs remember, of what was asked for: the left ids of links, and identities that were claimed. */
  readonly remembered: ReadonlySet<string>;
};

interface About {
  readonly organisationId: string;
  readonly integration: string;
  /** Of the flow's trigger. */
  readonly role: string;
}

const nameOf = ({ subject, key }: EarlyFact): string => JSON.stringify([subject, key]);

/**
 * What runs of an integration remember, as the database has it, and above it what this try would add: that is kept for
 * as long as the try lasts, and stored nowhere.
 */
export function ownMemory(database: Database, about: About): Memory {
  const links = new Map<string, string>();
  const facts = new Map<string, EarlyFact>();
  const forgotten = new Set<string>();
  const remembered = new Set<string>();
  return {
    remembered,
    exclusively: (_key, work) => work(),
    about: async () => {},
    beginRuns: async () => {},
    isOn: async () => true,
    async once(identity) {
      const isTaken = await isClaimed(database, { ...about, identity });
      if (isTaken) remembered.add(identity);
      return !isTaken;
    },
    onceForAll: async (identity) =>
      !(await isClaimed(database, { ...about, integration: ALL_INTEGRATIONS, identity })),
    async linked(leftId) {
      const own = links.get(leftId);
      if (own !== undefined) return own;
      const [stored = null] = await linkedRecords(database, [{ ...about, leftId }]);
      if (stored !== null) remembered.add(leftId);
      return stored;
    },
    linkedElsewhere: (leftId) => linkedElsewhere(database, { ...about, leftId }, about.role),
    async link(leftId, rightId) {
      links.set(leftId, rightId);
    },
    async keep(fact) {
      facts.set(nameOf(fact), fact);
      forgotten.delete(nameOf(fact));
    },
    async kept(subjects) {
      const stored = await earlyFacts(database, about, subjects);
      const own = [...facts.values()].filter(({ subject }) => subjects.includes(subject));
      const replaced = new Set(own.map(nameOf));
      return [...stored.filter((one) => !replaced.has(nameOf(one))), ...own].filter(
        (one) => !forgotten.has(nameOf(one)),
      );
    },
    async forget(taken) {
      for (const fact of taken) forgotten.add(nameOf(fact));
    },
  };
}
