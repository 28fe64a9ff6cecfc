import { z } from 'zod';
import type { Automation } from '../../core/flow.ts';
import type { IntegrationRow } from '../../store/integrations.ts';

export interface FlowSettings {
  /** JSON Schema of what is stored. */
  readonly schema: Record<string, unknown>;
  /** What is stored, with what the flow brings along where nothing is. */
  readonly values: Record<string, unknown>;
  /** As the flow's own schema reads them; of stored values that it refuses (an older version's), its defaults. */
  readonly read: unknown;
}

const SCHEMAS = new WeakMap<Automation['settings'], Record<string, unknown>>();

/** Made once: lists ask for it of every integration, each time that a page is opened. */
function schemaOf({ settings }: Automation): Record<string, unknown> {
  const made =
    SCHEMAS.get(settings) ?? (z.toJSONSchema(settings, { io: 'input' }) as Record<string, unknown>);
  SCHEMAS.set(settings, made);
  return made;
}

/** A flow's settings as an organisation has them. */
export function flowSettings(
  flow: Automation,
  row: Pick<IntegrationRow, 'settings'> | undefined,
): FlowSettings {
  const stored = row?.settings ?? {};
  const read = flow.settings.safeParse(stored);
  return {
    schema: schemaOf(flow),
    values: (read.success ? read.data : stored) as Record<string, unknown>,
    read: read.success ? read.data : flow.settings.parse({}),
  };
}
