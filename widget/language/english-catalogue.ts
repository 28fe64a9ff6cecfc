const flows = (count: number): string => (count === 1 ? 'flow' : 'flows');

/** What the catalogue says around what it offers. */
export const englishCatalogue = {
  title: 'Flow catalogue',
  intro: 'Everything that Liaison can do. What you set up is off until you turn it on.',
  adminSetsUp: 'Only an admin may set something up.',
  search: 'Search the catalogue',
  searchHint: 'Invoice, contacts…',
  applications: 'By application',
  anyApplication: 'All applications',
  found: (_count: number, text: string, all: string) => `${text} of ${all} ${flows(Number(all))}`,
  everything: (count: number, text: string) => `${text} ${flows(count)}`,
  none: 'Nothing in the catalogue fits',
  noneHint: 'Try another word, or look at all applications.',
  clear: 'Show everything',
  other: 'Other',
  used: (count: number, text: string) => `${text} ${count === 1 ? 'integration' : 'integrations'}`,
  usedOf: (count: number, text: string, flow: string) =>
    `${text} ${count === 1 ? 'integration' : 'integrations'} of ${flow}`,
  page: 'Zoho’s page about it',
  empty: 'No flow is installed.',
};
