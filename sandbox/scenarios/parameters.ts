import { z } from 'zod';
import { ScenarioRefused, type Stage } from '../core/scenario.ts';

export const nothing = z.strictObject({});

/** The parameters with which a scenario is played. @throws ScenarioRefused naming the one that is wrong. */
export function read<Schema extends z.ZodType>(stage: Stage, schema: Schema): z.infer<Schema> {
  const parsed = schema.safeParse(stage.parameters);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new ScenarioRefused(`${issue?.path.join('.') || 'The body'} is not usable: ${issue?.message}.`);
}
