/** The clock of a day without one, as imports write it. */
export const DATE_ZERO = '00:00:00';
