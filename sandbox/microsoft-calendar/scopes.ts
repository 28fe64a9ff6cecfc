export const READ = ['Calendars.Read', 'Calendars.ReadWrite'];
export const WRITE = ['Calendars.ReadWrite'];
