import type { AccessHolder } from '../../core/access.ts';
import type { Route } from '../contract.ts';
import { notLetDo, tooManyCalls } from '../problems.ts';

/**
 * Whether an application that acts in somebody's name may call a route, and now. What the person themselves may not do
 * is asked after it.
 */
export function demandScope(
  { scopes }: AccessHolder,
  { scope }: Pick<Route, 'scope'>,
  may: { readonly ok: true } | { readonly ok: false; readonly waitSeconds: number },
): void {
  if (!may.ok) throw tooManyCalls(may.waitSeconds);
  if (scope === undefined || !scopes.includes(scope)) throw notLetDo(scope ?? null);
}
