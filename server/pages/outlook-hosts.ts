/** Microsoft's script that a page in Outlook speaks through; it must come from there and nowhere else. */
export const OFFICE_JS_URL = 'https://appsforoffice.microsoft.com/lib/1/hosted/office.js';

/**
 * Where a browser may show the pages within Outlook: Outlook on the web and the new Outlook for Windows, of the
 * world, of national clouds, and of people at home; and Teams, which shows Outlook's form for a message in a frame of
 * its own. The classic Outlook, and Outlook for Mac, show the pages in a window of no site.
 * https://learn.microsoft.com/en-us/microsoft-365/enterprise/urls-and-ip-address-ranges
 */
export const OUTLOOK_ORIGINS: readonly string[] = [
  'https://outlook.office.com',
  'https://outlook.office365.com',
  'https://outlook.cloud.microsoft',
  'https://outlook.live.com',
  'https://outlook.office365.us',
  'https://outlook-dod.office365.us',
  'https://partner.outlook.cn',
  'https://teams.microsoft.com',
  'https://teams.cloud.microsoft',
  'https://teams.live.com',
];
