import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { connectors } from '../server/connectors/index.ts';
import { flows } from '../server/flows/index.ts';

const FOLDER = join(import.meta.dirname, '..', 'server', 'flows');

describe('the registry of flows', () => {
  it('has one line for each folder, and a folder for each line', () => {
    const folders = readdirSync(FOLDER, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect([...flows.keys()].sort()).toEqual(folders.map((entry) => entry.name).sort());
  });

  it.each([...flows.values()].map((flow) => [flow.id, flow] as const))(
    '%s is whole: both languages, known connectors, settings that need nothing to begin with',
    (id, flow) => {
      const known = new Set(connectors.map((connector) => connector.id));
      expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/);
      for (const words of [flow.titles, flow.direction, flow.native]) {
        expect(words.en.length).toBeGreaterThan(5);
        expect(words.fr.length).toBeGreaterThan(5);
      }
      expect(flow.connectors.filter((connector) => !known.has(connector))).toEqual([]);
      expect(flow.connectors).toContain(flow.trigger.connector);
      expect(Object.keys(flow.steps).length).toBeGreaterThan(0);
      for (const step of Object.values(flow.steps)) {
        expect(flow.connectors).toContain(step.connector);
        expect(step.titles.en && step.titles.fr).toBeTruthy();
      }
      expect(flow.settings.safeParse({}).success).toBe(true);
    },
  );
});
