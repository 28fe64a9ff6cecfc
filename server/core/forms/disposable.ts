/** Well-known services of addresses that nobody keeps. No such list is whole; subdomains count. */
const DOMAINS: ReadonlySet<string> = new Set(
  `10minutemail.com 10minutemail.net 20minutemail.com 33mail.com anonbox.net anonymbox.com burnermail.io
  byom.de discard.email discardmail.com dispostable.com dropmail.me emailondeck.com emailtemporaire.fr fakeinbox.com
  fakemail.net fakemailgenerator.com getairmail.com getnada.com grr.la guerrillamail.biz guerrillamail.com
  guerrillamail.de guerrillamail.info guerrillamail.net guerrillamail.org guerrillamailblock.com inboxbear.com
  inboxkitten.com incognitomail.org jetable.com jetable.fr.nf jetable.net jetable.org kasmail.com mail-temp.com
  mail-temporaire.fr mailcatch.com maildrop.cc mailexpire.com mailinator.com mailinator.net mailinator2.com
  mailnesia.com mailnull.com mailsac.com mailtothis.com minutemail.com moakt.com mohmal.com mytemp.email nada.email
  nospam.ze.tc pokemail.net rcpt.at sharklasers.com sofort-mail.de spam4.me spambog.com spambox.us spamgourmet.com
  spamspot.com temp-mail.io temp-mail.org tempail.com tempinbox.com tempmail.com tempmail.net tempmailo.com
  tempr.email throwawaymail.com trash-mail.com trash-mail.de trashmail.com trashmail.de trashmail.fr trashmail.me
  trashmail.net wegwerfmail.de wegwerfmail.net wegwerfmail.org yopmail.com yopmail.fr yopmail.net`.split(
    /\s+/,
  ),
);

/** Whether an e-mail address is of a service whose addresses are thrown away. */
export function isDisposable(email: string): boolean {
  const parts = email
    .slice(email.lastIndexOf('@') + 1)
    .trim()
    .toLowerCase()
    .split('.');
  return parts.some((_part, at) => DOMAINS.has(parts.slice(at).join('.')));
}
