import { z } from 'zod';
import { ScenarioRefused, type Stage } from '../core/scenario.ts';

export const payment = z.strictObject({
  email: z.email().optional(),
  amountMinor: z.number().int().positive().max(99_999_999).optional(),
  currency: z
    .string()
    .regex(/^[A-Za-z]{3}$/)
    .optional(),
});

export const refund = z.strictObject({
  charge: z.string().min(1).optional(),
  amountMinor: z.number().int().positive().optional(),
});

/** A meeting of Google's calendar by its title, and by how many days it moves. */
export const meeting = z.strictObject({
  title: z.string().min(1).optional(),
  days: z.number().int().min(-365).max(365).optional(),
});

export const contact = z.strictObject({ email: z.email().optional(), phone: z.string().min(3).optional() });
export const disputed = z.strictObject({ charge: z.string().min(1).optional() });

export const nothing = z.strictObject({});

/** The parameters with which a scenario is played. @throws ScenarioRefused naming the one that is wrong. */
export function read<Schema extends z.ZodType>(stage: Stage, schema: Schema): z.infer<Schema> {
  const parsed = schema.safeParse(stage.parameters);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new ScenarioRefused(`${issue?.path.join('.') || 'The body'} is not usable: ${issue?.message}.`);
}
