import type { Connector } from '../core/connector.ts';
import type { Automation } from '../core/flow.ts';
import { automationFrequency } from '../core/flow-document.ts';
import { connectorsOf } from '../core/roles.ts';
import type { LookRow } from '../store/gaps.ts';
import type { IntegrationRow } from '../store/integrations.ts';
import type { Flow } from './contract.ts';
import { flowSettings } from './flow-settings.ts';
import { versionOf } from './settings-version.ts';

/** One flow as the settings screen shows it: what it is, and how this organisation has it. */
export function flowView(
  flow: Automation,
  row: IntegrationRow | undefined,
  connectors: ReadonlyMap<string, Connector>,
  connected: ReadonlySet<string>,
  look: LookRow | undefined,
): Flow {
  const name = (id: string) => ({ id, titles: connectors.get(id)?.titles ?? { en: id, fr: id } });
  const { schema, values, read } = flowSettings(flow, row);
  return {
    id: flow.id,
    titles: flow.titles,
    direction: flow.direction,
    frequency: automationFrequency(flow, read),
    native: flow.native,
    kind: flow.kind,
    enabled: row?.enabled ?? false,
    connectors: connectorsOf(flow.roles).map((id) => ({ ...name(id), connected: connected.has(id) })),
    looks:
      look === undefined
        ? null
        : {
            lookedAt: look.lookedAt?.toISOString() ?? null,
            found: flow.trigger.kind === 'poll' ? null : look.found,
            foundAt: look.foundAt?.toISOString() ?? null,
            missing: look.gap,
            failure: look.error?.sentence ?? null,
          },
    settings: { schema, values, version: versionOf(values), offered: offeredSettings(flow) },
    previews: flow.preview !== undefined,
    steps: Object.entries(flow.steps).map(([step, declared]) => ({
      name: step,
      titles: declared.titles,
      connector: name(declared.connector),
      effect: declared.effect,
    })),
  };
}

const offeredSettings = (flow: Automation): string[] =>
  Object.entries(flow.vendorSettings ?? {}).flatMap(([name, { offers }]) =>
    offers === undefined ? [] : [name],
  );
