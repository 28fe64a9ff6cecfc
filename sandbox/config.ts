import { resolve } from 'node:path';
import { z } from 'zod';

const environment = z.object({
  SANDBOX_PORT: z.coerce.number().int().min(0).max(65_535).default(3001),
  LIAISON_DATA: z.string().min(1).default('.data'),
  SANDBOX_RECORD: z.string().min(1).optional(),
  SANDBOX_LIMITS: z.enum(['relaxed', 'real']).default('relaxed'),
  LIAISON_URL: z.url({ protocol: /^https?$/ }).default('http://127.0.0.1:3000'),
});

/** A rehearsal of a day's events should not take a day; real limits are there to be asked for. */
const RELAXED = 1_000;

export interface SandboxConfig {
  readonly port: number;
  readonly dataFolder: string;
  readonly record: string | undefined;
  /** How many times the vendors' real limits on calls are let through: 1 is the real ones. */
  readonly limitFactor: number;
  /** The server that the sandbox is for: the pages link to its log. */
  readonly liaisonUrl: string;
}

/** Reads the environment. Throws with one sentence that names the variable. */
export function readConfig(variables: Readonly<Record<string, string | undefined>>): SandboxConfig {
  const parsed = environment.safeParse(variables);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new Error(`${issue?.path.join('.')} is not usable: ${issue?.message}.`);
  }
  const { SANDBOX_PORT, LIAISON_DATA, SANDBOX_RECORD, SANDBOX_LIMITS, LIAISON_URL } = parsed.data;
  return {
    port: SANDBOX_PORT,
    dataFolder: resolve(LIAISON_DATA, 'sandbox'),
    record: SANDBOX_RECORD === undefined ? undefined : resolve(SANDBOX_RECORD),
    limitFactor: SANDBOX_LIMITS === 'real' ? 1 : RELAXED,
    liaisonUrl: LIAISON_URL,
  };
}
