import { CRM_MEETINGS } from '../connectors/zoho-crm/event-ability.ts';
import { events } from '../connectors/zoho-crm/event-object.ts';
import type { FieldMapping } from '../core/sync/mapping.ts';
import { fixedSync, type Sync, type SyncFlow, syncSide } from '../core/sync-flow.ts';
import type { FieldKind, FieldValue, ObjectOptions, SyncObject } from '../core/sync-object.ts';

/** A calendar and the CRM's meetings, under words of its own. */
export interface MeetingsFlow
  extends Pick<Sync, 'id' | 'titles' | 'direction' | 'native' | 'nativePage' | 'personal'> {
  // biome-ignore lint/suspicious/noExplicitAny: each connector has a client type of its own.
  readonly calendar: SyncObject<any>;
  /** What its side is set to where nobody chose, beside what every calendar is. */
  readonly options: ObjectOptions;
  /** How participants travel: a calendar that cannot keep its mail to itself is not written to. */
  readonly participants: Pick<FieldMapping, 'direction' | 'master' | 'blank'>;
}

const both = (id: string, kind: FieldKind): FieldMapping => ({
  left: id,
  right: id,
  kind,
  direction: 'both',
  master: 'right',
  blank: 'clear',
});

/** Meetings of one calendar and of the CRM, kept equal both ways; a series stays one series. */
export function meetingsSync({ calendar, options, participants, ...about }: MeetingsFlow): SyncFlow {
  return fixedSync({
    ...about,
    kind: 'sync',
    purpose: 'meetings',
    left: syncSide(calendar),
    right: syncSide(events),
    defaults: {
      rules: {
        fields: [
          both('title', 'text'),
          both('schedule', 'json'),
          both('location', 'text'),
          both('description', 'long-text'),
          { ...both('participants', 'labels'), ...participants },
        ],
        matchBy: [['title', 'schedule']],
        create: { left: true, right: true },
        remove: { left: 'delete', right: 'delete' },
        country: 'FR',
      },
      options: {
        left: {
          calendar: 'primary',
          privateMeetings: false,
          declinedMeetings: false,
          ...options,
          counterpart: CRM_MEETINGS as unknown as FieldValue,
        },
        right: { notify: false },
      },
      everySeconds: 60,
      sweepHours: 24,
      brake: { records: 5, percent: 10 },
    },
  });
}
