import type { TryAnswer } from '../../../server/api/contract.ts';

type Step = TryAnswer['steps'][number];

/**
 * What of a try is a line of its own: each thing that would be written, and each step that only reads once, however
 * often it asks. What was read stands with the last of what was asked for it.
 */
export function linesOf(steps: readonly Step[]): Step[] {
  const isSame = (one: Step, other: Step | undefined): boolean =>
    one.step === other?.step && one.item === other.item;
  return steps.filter(
    (one, at) => one.state !== 'read' || one.fields.length > 0 || !isSame(one, steps[at + 1]),
  );
}
