/** The browser's time zone, until the organisation's is known. Asked once: it takes a while to tell. */
export const OWN_ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;
