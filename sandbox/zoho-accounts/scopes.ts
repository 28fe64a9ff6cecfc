/** Scopes as they stand in a request: separated by commas, in some clients by spaces. */
export function scopesOf(text: string): string[] {
  return text.split(/[\s,]+/).filter((scope) => scope !== '');
}

/** `ZohoCRM.modules.deals.READ`: a service, a path that narrows, an operation. */
export function isScope(scope: string): boolean {
  return /^[A-Za-z]+(\.[A-Za-z_]+)+$/.test(scope);
}

/**
 * True when one of the granted scopes covers the needed one: the same service, a path that is the same or
 * wider, and the same operation, ALL, or WRITE for the writing ones. Scopes are compared without case.
 */
export function covers(granted: readonly string[], needed: string): boolean {
  const wish = split(needed);
  return granted.some((scope) => {
    const held = split(scope);
    if (scope.toLowerCase().endsWith('.fullaccess.all')) return held.path[0] === wish.path[0];
    return (
      held.path.every((part, index) => part === wish.path[index]) && allows(held.operation, wish.operation)
    );
  });
}

function allows(held: string, wished: string): boolean {
  return (
    held === 'all' || held === wished || (held === 'write' && ['create', 'update', 'delete'].includes(wished))
  );
}

function split(scope: string): { path: string[]; operation: string } {
  const parts = scope.toLowerCase().split('.');
  return { path: parts.slice(0, -1), operation: parts.at(-1) ?? '' };
}
