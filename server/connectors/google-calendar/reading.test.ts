import type { ConnectorHttp } from '../../core/connector.ts';
import { LiaisonError } from '../../core/errors.ts';
import type { ObjectOptions } from '../../core/sync-object.ts';
import { type GoogleCalendarClient, googleCalendarClient } from './client.ts';
import { attendeesBody, textsBody, wholeBody } from './event-body.ts';
import { eventChanges, readEvents } from './event-changes.ts';
import { eventRecord } from './event-record.ts';
import { readOptions } from './options.ts';
import { eventSchema, type GoogleEvent } from './shapes.ts';

const options = readOptions({});
const event = (more: object): GoogleEvent =>
  eventSchema.parse({
    id: 'e1',
    status: 'confirmed',
    etag: '"1"',
    summary: 'Point',
    start: { dateTime: '2026-11-24T15:00:00+01:00', timeZone: 'Europe/Paris' },
    end: { dateTime: '2026-11-24T16:00:00+01:00', timeZone: 'Europe/Paris' },
    ...more,
  });
const record = (more: object, wish: ObjectOptions = {}) => eventRecord(event(more), [], readOptions(wish));
const schedule = (more: object) => record(more).values.schedule;
const moments = (start: string, end: string) => ({ start, end });
const me = (responseStatus: string) => ({ email: 'me@x.example', self: true, responseStatus });

describe('the times of an event', () => {
  it.each([
    ['of a zone that nobody knows', { timeZone: 'Mitteleuropäische Zeit' }],
    ['of a zone that Windows names', { timeZone: 'Romance Standard Time' }],
    ['of another zone than its offset', { timeZone: 'UTC' }],
    ['of no zone', {}],
  ])('%s are its moments', (_name, zone) => {
    const at = (dateTime: string) => ({ dateTime, ...zone });
    expect(
      schedule({ start: at('2026-03-12T07:00:00-03:00'), end: at('2026-03-12T08:00:00-03:00') }),
    ).toEqual(moments('2026-03-12T10:00:00Z', '2026-03-12T11:00:00Z'));
  });

  it('without an offset are on the clocks of the zone that is named', () => {
    const at = (dateTime: string) => ({ dateTime, timeZone: 'America/Sao_Paulo' });
    expect(schedule({ start: at('2026-03-12T07:00:00'), end: at('2026-03-12T08:00:00') })).toEqual(
      moments('2026-03-12T10:00:00Z', '2026-03-12T11:00:00Z'),
    );
  });

  it('without an end are over as they begin, or with their day', () => {
    expect(schedule({ end: undefined })).toEqual(moments('2026-11-24T14:00:00Z', '2026-11-24T14:00:00Z'));
    expect(schedule({ start: { date: '2026-11-24' }, end: undefined })).toEqual(
      moments('2026-11-24', '2026-11-25'),
    );
    expect(schedule({ end: { strange: true } })).toEqual(
      moments('2026-11-24T14:00:00Z', '2026-11-24T14:00:00Z'),
    );
  });

  it('that end at midnight stay what they are', () => {
    const at = (dateTime: string) => ({ dateTime, timeZone: 'America/Los_Angeles' });
    expect(
      schedule({ start: at('2026-07-08T16:00:00-07:00'), end: at('2026-07-08T17:00:00-07:00') }),
    ).toEqual(moments('2026-07-08T23:00:00Z', '2026-07-09T00:00:00Z'));
  });

  it('of a series need a zone that somebody knows: it is named where there is none', () => {
    const zone = { timeZone: 'Mitteleuropäische Zeit' };
    const left = record({
      start: { dateTime: '2026-11-24T15:00:00+01:00', ...zone },
      end: { dateTime: '2026-11-24T16:00:00+01:00', ...zone },
      recurrence: ['RRULE:FREQ=WEEKLY;COUNT=4'],
    });
    expect(left.excluded?.fr).toContain('«\u00a0Mitteleuropäische Zeit\u00a0»');
    expect(
      record({ recurrence: ['RRULE:FREQ=WEEKLY;COUNT=4', 'EXDATE;TZID=Nirgends:20261201T150000'] }).excluded,
    ).toBeDefined();
  });
});

describe('what is no meeting of ours', () => {
  it.each(['workingLocation', 'outOfOffice', 'focusTime', 'birthday', 'somethingNew'])(
    'is of kind %s',
    (eventType) => {
      // Even where nothing else of it can be read.
      const { excluded, withdrawn } = record({
        eventType,
        summary: undefined,
        start: undefined,
        recurrence: ['RRULE:FREQ=DAILY'],
      });
      expect([excluded?.en.includes('no meeting'), withdrawn]).toEqual([true, undefined]);
    },
  );

  it('is what Google made of a mail', () => {
    expect(record({ eventType: 'fromGmail' }).excluded?.fr).toContain('e-mail');
  });

  it('is what was declined, unless that is wished for; who may come, comes', () => {
    const declined = { attendees: [me('declined')] };
    expect(record(declined)).toMatchObject({
      withdrawn: true,
      excluded: { en: expect.stringContaining('declined') },
    });
    expect(record(declined, { declinedMeetings: true }).excluded).toBeUndefined();
    for (const answer of ['accepted', 'tentative', 'needsAction'])
      expect(record({ attendees: [me(answer)] }).excluded).toBeUndefined();
    // Somebody else's answer is theirs.
    expect(
      record({ attendees: [{ email: 'b@x.example', responseStatus: 'declined' }] }).excluded,
    ).toBeUndefined();
  });

  it('but of a series that was declined, the occurrence that was accepted', () => {
    const series = event({ recurrence: ['RRULE:FREQ=WEEKLY;COUNT=3'], attendees: [me('declined')] });
    const accepted = event({
      id: 'e1_2',
      recurringEventId: 'e1',
      originalStartTime: { dateTime: '2026-12-01T15:00:00+01:00' },
      start: { dateTime: '2026-12-01T15:00:00+01:00' },
      end: { dateTime: '2026-12-01T16:00:00+01:00' },
      attendees: [me('accepted')],
    });
    const { excluded, values } = eventRecord(series, [accepted], options);
    expect(excluded).toBeUndefined();
    expect(values.schedule).toMatchObject({
      exceptions: [
        { at: '2026-11-24T15:00:00', cancelled: true },
        { at: '2026-12-08T15:00:00', cancelled: true },
      ],
    });
  });
});

describe('a title', () => {
  it.each([undefined, '', '  '])('that is “%s” is told as none, and never sent as one', (summary) => {
    expect(record({ summary }).values.title).toBe('(No title)');
    expect(textsBody({ title: '(No title)' })).toEqual({ summary: '' });
    expect(textsBody({ title: '(Sans titre)' })).toEqual({ summary: '' });
    expect(textsBody({ title: '👋 Équipe' })).toEqual({ summary: '👋 Équipe' });
  });
});

describe('guests', () => {
  const lea = {
    email: 'lea@x.example',
    optional: true,
    comment: 'en retard',
    additionalGuests: 2,
    responseStatus: 'accepted',
  };

  it.each([{ attendeesOmitted: true }, { guestsCanSeeOtherGuests: false }])(
    'of a list that is not whole are withheld: %j',
    (sign) => {
      expect(record({ ...sign, attendees: [me('accepted')] }).withheld?.participants?.en).toContain(
        'guest list',
      );
      expect(wholeBody(event({ ...sign, attendees: [me('accepted')] }), {})).toMatchObject({
        attendeesOmitted: true,
      });
    },
  );

  it('keep everything that is known of them, and nobody is lost who is not ours to take away', () => {
    const held = [
      me('accepted'),
      { email: 'chef@x.example', organizer: true },
      { id: 'g7', displayName: 'Salle' },
      lea,
      { email: 'tom@x.example' },
    ];
    const sent = attendeesBody(['lea@x.example', 'bob@x.example'], event({ attendees: held }).attendees);
    expect(sent).toEqual([
      { email: 'me@x.example', responseStatus: 'accepted' },
      { email: 'chef@x.example' },
      { id: 'g7', displayName: 'Salle' },
      lea,
      { email: 'bob@x.example' },
    ]);
  });
});

describe('an occurrence whose series is not in this calendar', () => {
  const lone = event({
    id: 'abc_20261124T140000Z',
    recurringEventId: 'abc',
    originalStartTime: { dateTime: '2026-11-24T15:00:00+01:00' },
  });
  const failure = (kind: 'gone' | 'rejected' | 'rate-limited') =>
    new LiaisonError(kind, { sentence: { en: kind, fr: kind } });

  function client(series: GoogleEvent | null | LiaisonError): GoogleCalendarClient {
    const page = { events: [lone], nextPageToken: null, nextSyncToken: 't2' };
    return {
      changedEvents: async () => page,
      eventsOfSeries: async () => [lone],
      getEvent: async (_calendar: string, id: string) => (id === lone.id ? lone : null),
      async getSeries() {
        if (series instanceof LiaisonError) throw series;
        return series;
      },
    } as unknown as GoogleCalendarClient;
  }
  const cursor = { phase: 'since', calendar: 'primary', token: 't1', page: null };
  const whole = event({ id: 'abc', iCalUID: 'u', recurrence: ['RRULE:FREQ=WEEKLY;COUNT=3'] });

  it.each([
    ['is nowhere', null],
    ['was taken away', event({ id: 'abc', status: 'cancelled' })],
  ])('that %s is a meeting of its own', async (_name, series) => {
    const { records } = await eventChanges(client(series), options, cursor);
    expect(records.map(({ id, values }) => [id, values.title, values.schedule])).toEqual([
      [lone.id, 'Point', moments('2026-11-24T14:00:00Z', '2026-11-24T15:00:00Z')],
    ]);
    expect(await readEvents(client(series), options, [lone.id])).toHaveLength(1);
  });

  it('is a part of its series once that is there', async () => {
    const { records, deleted } = await eventChanges(client(whole), options, cursor);
    expect([records.map(({ id }) => id), deleted]).toEqual([['abc'], [lone.id]]);
    expect(await readEvents(client(whole), options, [lone.id])).toEqual([]);
  });

  it.each([
    ['gone', null],
    ['rejected', null],
  ] as const)('has none where Google says that it is %s', async (kind, series) => {
    const http = {
      fetch: async () => {
        throw failure(kind);
      },
    } as unknown as ConnectorHttp;
    expect(await googleCalendarClient(http).getSeries('primary', 'abc')).toBe(series);
  });

  it('waits where Google could not be asked', async () => {
    await expect(eventChanges(client(failure('rate-limited')), options, cursor)).rejects.toMatchObject({
      kind: 'rate-limited',
    });
  });
});
