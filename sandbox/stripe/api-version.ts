/** The only version of the API that these simulated objects are rendered in. */
export const API_VERSION = '2026-10-28.endive';
