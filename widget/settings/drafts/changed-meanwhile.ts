import { ApiError } from '../../api/client.ts';

/** What is saved by now, where a save was refused because it was made looking at something else; else null. */
export function savedMeanwhile<Current>(error: unknown): Current | null {
  const problem = error instanceof ApiError ? error.problem : null;
  if (problem?.type !== 'urn:liaison:problem:changed-meanwhile') return null;
  return (problem.current as Current | undefined) ?? null;
}
