const NAME = 'liaison.first-steps.hidden';

// Storage is refused to frames in some browsers: the choice then lasts as long as the page.
const here = new Set<string>();

/** Whether somebody put the first steps away, in this browser, for this organisation. */
export function isHidden(organisationId: string): boolean {
  if (here.has(organisationId)) return true;
  try {
    return localStorage.getItem(NAME) === organisationId;
  } catch {
    return false;
  }
}

export function hide(organisationId: string): void {
  here.add(organisationId);
  try {
    localStorage.setItem(NAME, organisationId);
  } catch {
    // Not remembered, and nothing else is lost.
  }
}
