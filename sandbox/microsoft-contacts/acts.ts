import type { VendorDesk } from '../core/simulator.ts';
import { isMembers } from '../kit/json-body.ts';
import { endLinks } from '../microsoft/list-places.ts';
import { actOnSubscriptions } from '../microsoft/notify.ts';
import { GraphRefusal } from '../microsoft/refusal.ts';
import { changeContact, findContact, makeContact, moveContact, removeContact } from './book.ts';
import { BIN, type ContactRow, contactsTables, USUAL_FOLDER } from './rows.ts';
import { FAMILY } from './seed.ts';
import { type ContactData, readContact } from './shapes.ts';

type Wish = Readonly<Record<string, unknown>>;

/**
 * What the mailbox's owner does in Outlook; the ledger, which counts what came through the API, says nothing of it.
 * `{"act": "create", "contact": {…}}`, `{"act": "edit", "who": "a@b.example", "contact": {…}}`,
 * `{"act": "delete", "who": …}`, `{"act": "move", "who": …, "to": "family"}` (or `"contacts"`, back: out of the bin by
 * its id).
 *
 * And what Graph itself does: `{"act": "lose-links", "status": 400}`, and what `actOnSubscriptions` knows.
 *
 * @throws Error with a sentence for an act, a contact or a person that there is not.
 */
export function act(desk: VendorDesk, wish: Wish): object {
  switch (wish.act) {
    case 'create':
      return shown(makeContact(desk, contactIn(wish)));
    case 'edit':
      return shown(changeContact(desk, someone(desk, wish), contactIn(wish)));
    case 'delete':
      return shown(removeContact(desk, someone(desk, wish)));
    case 'move':
      return shown(
        moveContact(
          desk,
          binned(desk, wish) ?? someone(desk, wish),
          wish.to === 'contacts' ? USUAL_FOLDER : FAMILY.id,
        ),
      );
    case 'lose-links':
      endLinks(desk, wish.status === 400 ? 400 : 410);
      return {};
    default: {
      const done = actOnSubscriptions(desk, wish);
      if (done !== undefined) return done;
      throw new Error(
        'Outlook knows the acts "create", "edit", "delete", "move", "lose-links", "lifecycle", "silence" and "drop-subscriptions".',
      );
    }
  }
}

const shown = ({ id, contact }: ContactRow): object => ({ id, displayName: contact.displayName });

function contactIn({ contact }: Wish): ContactData {
  try {
    return readContact(isMembers(contact) ? contact : {});
  } catch (error) {
    throw error instanceof GraphRefusal ? new Error(error.message) : error;
  }
}

/** One of the bin, by an id. */
function binned(desk: VendorDesk, { who }: Wish): ContactRow | undefined {
  const found = findContact(desk, String(who));
  return found?.folder === BIN ? found : undefined;
}

/** By an id, or by any e-mail address. */
export function someone(desk: VendorDesk, { who }: Wish): ContactRow {
  const name = typeof who === 'string' ? who : '';
  const byMail = contactsTables(desk)
    .contacts.all()
    .find(
      ({ folder, contact }) =>
        folder !== BIN &&
        (contact.emailAddresses as { address: string }[]).some(({ address }) => address === name),
    );
  const found = byMail ?? findContact(desk, name);
  if (!found || found.folder === BIN) throw new Error(`Outlook has nobody called "${name}".`);
  return found;
}
