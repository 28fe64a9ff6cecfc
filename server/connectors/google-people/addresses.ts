/** The contact in Google's own page. @param id its resource name. */
export const contactUrl = (id: string): string =>
  `https://contacts.google.com/person/${encodeURIComponent(id.replace(/^people\//, ''))}`;
