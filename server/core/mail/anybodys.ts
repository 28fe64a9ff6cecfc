/** Mailboxes of anybody: their domain says nothing of a company. */
const ANYBODYS = new Set([
  ...['outlook.com', 'outlook.fr', 'live.com', 'live.fr', 'msn.com', 'yahoo.com', 'yahoo.fr', 'yahoo.co.uk'],
  ...['icloud.com', 'me.com', 'mac.com', 'aol.com', 'proton.me', 'gmx.com', 'gmx.de', 'gmx.fr', 'web.de'],
  ...['t-online.de', 'orange.fr', 'wanadoo.fr', 'free.fr', 'sfr.fr', 'laposte.net', 'bbox.fr', 'neuf.fr'],
  ...['yandex.com', 'yandex.ru', 'qq.com', '163.com', 'bluewin.ch', 'skynet.be', 'libero.it', 'terra.es'],
]);
/** What is called so sells mailboxes. */
const SELLS_MAILBOXES = /mail\.[a-z.]+$/;

/** Whether anybody may have a mailbox there. */
export const isAnybodys = (domain: string): boolean => ANYBODYS.has(domain) || SELLS_MAILBOXES.test(domain);
