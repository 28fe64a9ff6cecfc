import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { connectors } from '../server/connectors/index.ts';
import { type Automation, triggerRole } from '../server/core/flow.ts';
import { PURPOSES } from '../server/core/purpose.ts';
import { canTake, connectorsOf } from '../server/core/roles.ts';
import type { Sentence } from '../server/core/sentence.ts';
import { syncFor } from '../server/core/sync-flow.ts';
import { triggerAt } from '../server/core/trigger-of.ts';
import { flows, syncs } from '../server/flows/index.ts';

/** Under what the catalogue shows it, and where what Zoho offers is described. */
function expectOffered({ purpose, nativePage }: Pick<Automation, 'purpose' | 'nativePage'>): void {
  expect(Object.keys(PURPOSES)).toContain(purpose);
  if (nativePage !== undefined) expect(nativePage).toMatch(/^https:\/\/(?:help|www)\.zoho\.com\//);
}

/** What Zoho already offers, and when that is the better choice: an admin reads both before switching a flow on. */
function expectNative(native: Sentence): void {
  expect(native.en).toMatch(/Zoho .*[Uu]se (it|them) when /);
  expect(native.fr).toMatch(/Zoho .*[Uu]tilisez-l(e|a|es) si /);
}

const connectorOf = (id: string) => connectors.find((one) => one.id === id) as (typeof connectors)[number];

const FOLDER = join(import.meta.dirname, '..', 'server', 'flows');

describe('the marks of applications', () => {
  it.each(connectors.flatMap(({ id, mark }) => (mark === undefined ? [] : [[id, mark] as const])))(
    'of %s is one path on its field, and another than every other',
    (_id, mark) => {
      expect(mark).toMatch(/^M[\d.\sMLHVCSAZmlhvcsaz-]+$/);
      for (const [number] of mark.matchAll(/\d*\.?\d+/g)) expect(Number(number)).toBeLessThanOrEqual(16);
      expect(connectors.filter((other) => other.mark === mark)).toHaveLength(1);
    },
  );
});

describe('the registry of flows', () => {
  it('has one line for each folder, and a folder for each line', () => {
    const folders = readdirSync(FOLDER, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect([...flows.keys(), ...syncs.keys()].sort()).toEqual(folders.map((entry) => entry.name).sort());
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
      expectNative(flow.native);
      expectOffered(flow);
      const usable = connectorsOf(flow.roles);
      expect(usable.filter((connector) => !known.has(connector))).toEqual([]);
      const source = flow.roles[triggerRole(flow)];
      const begins = connectors.filter((one) => triggerAt(flow, one) !== null).map((one) => one.id);
      expect(begins.length).toBeGreaterThan(0);
      expect(begins.filter((connector) => !canTake(source as never, connectorOf(connector)))).toEqual([]);
      expect(Object.keys(flow.steps).length).toBeGreaterThan(0);
      for (const step of Object.values(flow.steps)) {
        if (step.connector === undefined) expect(Object.keys(flow.roles)).toContain(step.role);
        else expect(usable).toContain(step.connector);
        expect(step.titles.en && step.titles.fr).toBeTruthy();
      }
      expect(flow.settings.safeParse({}).success).toBe(true);
    },
  );

  it.each(
    [...flows.values()].flatMap((flow) =>
      connectors.flatMap((connector) => {
        const trigger = triggerAt(flow, connector);
        return trigger?.kind === 'event' ? [[flow.id, trigger] as const] : [];
      }),
    ),
  )('%s, which webhooks start, has a sweep that finds within a minute what they lost', (_id, { sweep }) => {
    expect(sweep.everySeconds).toBeGreaterThanOrEqual(20);
    expect(sweep.everySeconds).toBeLessThanOrEqual(60);
    expect(['event', 'record']).toContain(sweep.recognisedBy);
    expect(sweep.look).toBeInstanceOf(Function);
  });

  it.each([...syncs.values()].map((sync) => [sync.id, sync] as const))(
    '%s is whole: both languages, known connectors, a first reading before any deletion',
    (id, sync) => {
      const known = new Set(connectors.map((connector) => connector.id));
      expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/);
      for (const words of [sync.titles, sync.direction, sync.native]) {
        expect(words.en.length).toBeGreaterThan(5);
        expect(words.fr.length).toBeGreaterThan(5);
      }
      expectNative(sync.native);
      expectOffered(sync);
      for (const object of sync.objects) {
        expect(known).toContain(object.connector.id);
        expect(object.connector.objects.map((one) => one.id)).toContain(object.id);
      }
      const { left, right, defaults } = syncFor(sync, null);
      for (const option of [left, right].flatMap(({ options }) => options)) {
        expect(option.titles.en && option.titles.fr).toBeTruthy();
      }
      const { rules, brake } = defaults;
      const mapped = new Set(rules.fields.map((field) => field.left));
      expect(rules.matchBy.flat().filter((field) => !mapped.has(field))).toEqual([]);
      // Whatever deletes has a brake that a first surprise stops.
      expect(brake.records).toBeGreaterThan(0);
      expect(brake.records).toBeLessThanOrEqual(10);
    },
  );
});
