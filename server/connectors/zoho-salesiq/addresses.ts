export const CHATS = 'zohoSalesIq.chats';

/**
 * Where operators read a chat. The page on screen names shows `https://salesiq.zoho.com/zylker/index`; what follows is
 * how the application's own links go, and stands on no page.
 */
export const chatPage = (host: string, portal: string, id: string): string =>
  `${host}/${encodeURIComponent(portal)}/index#/allchats/${encodeURIComponent(id)}`;
