import { z } from 'zod';
import type { AccessScope } from '../core/access.ts';
import { PATHS, type RouteName } from './paths.ts';
import { access, accesses, endedAccess } from './schemas/access.ts';
import {
  actions,
  handed,
  handWish,
  messageWish,
  people,
  peopleQuery,
  posted,
  started,
} from './schemas/action.ts';
import {
  alert,
  alertDestination,
  alertPlaces,
  alertSettings,
  alertSettingsChange,
  alerts,
  alertTested,
} from './schemas/alert.ts';
import {
  application,
  connection,
  connectionEffects,
  connectionKey,
  connections,
  disconnected,
  grant,
} from './schemas/connection.ts';
import { flowDocument, flowDocuments } from './schemas/document.ts';
import {
  filterCount,
  filterCountWish,
  filterFields,
  type filterOfSync,
  filterSide,
  type filterWish,
  group,
  integrationHistory,
  part,
} from './schemas/filter.ts';
import {
  type changedFlow,
  flow,
  flowForm,
  flowPreview,
  settingOffers,
  settingsQuery,
} from './schemas/flow.ts';
import {
  deletedIntegration,
  integrationChange,
  integrationEffects,
  type integrationFacts,
  integrationWish,
  offeredFlow,
  offeredFlows,
} from './schemas/integration.ts';
import { changedIntegration, integration, integrations } from './schemas/integrations.ts';
import { keeping } from './schemas/keeping.ts';
import {
  conversation,
  conversationAddress,
  conversationWish,
  loggedMails,
  madeMailPerson,
  mailLogs,
  mailLogsQuery,
  mailLogWish,
  mailPeople,
  mailPeopleQuery,
  mailPersonWish,
  mailSuggestion,
  mailSuggestionWish,
} from './schemas/mail.ts';
import { me, organisation, type role, type user } from './schemas/me.ts';
import { modeSwitch, modeSwitched, modeView } from './schemas/mode.ts';
import {
  moneyAccept,
  moneyAccount,
  moneyAccounts,
  moneyCheckWish,
  moneyDetail,
  type moneyDifference,
  moneyTakeUp,
} from './schemas/money.ts';
import { copyWish, overview, type overviewItem } from './schemas/overview.ts';
import {
  askedPerson,
  deletedTemplate,
  endedPerson,
  ownPersonal,
  person,
  persons,
  template,
  templateChange,
  templates,
  templateWish,
} from './schemas/person.ts';
import {
  deletedReceiver,
  dispatch,
  dispatchesPage,
  dispatchesQuery,
  facts,
  factsQuery,
  receiver,
  receiverChange,
  receivers,
  receiverWish,
  receiverWithSecret,
  resendWish,
  resent,
} from './schemas/receiver.ts';
import {
  askedSyncs,
  liveRecord,
  recordActivity,
  recordAddress,
  recordCard,
  recordPage,
  recordQuery,
} from './schemas/record.ts';
import {
  exchange,
  failure,
  liveRun,
  replayed,
  runCounts,
  runDetail,
  runFilter,
  type runState,
  runSummary,
  runsPage,
  runsQuery,
  step,
} from './schemas/run.ts';
import { closedSession, openedSession, sessionCode, sessionRenewal } from './schemas/session.ts';
import { shelf, shelfRetried, shelfWish } from './schemas/shelf.ts';
import {
  decision,
  decisionForAll,
  type exclusionCode,
  handLink,
  inclusion,
  liveSync,
  madeLink,
  newFields,
  newFieldsWish,
  passes,
  type passSummary,
  previewAnswer,
  type previewKind,
  previewRecordsPage,
  previewRecordsQuery,
  type recordState,
  resumeWish,
  startedPass,
  syncDetail,
  syncFields,
  syncFieldsQuery,
  syncLink,
  type syncRecord,
  syncRecordsPage,
  syncRecordsQuery,
  type syncSettingsChange,
  side as syncSide,
  syncSummary,
  touched,
  undoPreview,
} from './schemas/sync.ts';
import { tryAnswer, tryQuery, tryRecords, tryWish } from './schemas/try.ts';

import { findRecordsQuery, foundRecords, why, whyQuery } from './schemas/why.ts';

/**
 * The one source of the API's types, validation and OpenAPI document: what the widget, and every other
 * program, may ask and is answered.
 */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  /**
   * The least role that may call it; `owner`: an admin, or the one person whose own integration it is; `anyone`: it is
   * how people sign in.
   */
  readonly role: Role | 'owner' | 'anyone';
  readonly summary: string;
  /** What another application must have been let do to call it in somebody's name; absent: none may. */
  readonly scope?: AccessScope;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  readonly answer: z.ZodType;
  /** The body holds a whole mail: it may be large, and what nobody can store in it is left out instead of refused. */
  readonly mail?: true;
  /** `events`: server-sent events, each with `answer` as its data. */
  readonly sends?: 'json' | 'events';
}

const integrationId = z.object({ id: z.string().max(100) });
const runId = z.object({ id: z.uuid() });
const connectionId = z.object({ id: z.uuid() });
const connectionOrConnectorId = z.object({
  id: z.string().max(100).describe('Of a connection, or of the connector of which an account is added.'),
});

const templateId = z.object({ template: z.string().max(100) });
const personId = z.object({ person: z.string().min(1).max(100) });
const personalQuery = z.object({
  asking: z
    .enum(['true'])
    .optional()
    .describe('The person is shown the question now: that they were asked is noted.'),
});

const receiverId = z.object({ receiver: z.uuid() });
const accessId = z.object({ access: z.uuid() });

const moneyId = z.object({ account: z.uuid() });

const cardAddress = recordAddress.extend({ connector: z.string().max(100) });
const actionAddress = cardAddress.extend({ action: z.string().max(100) });

const syncPass = integrationId.extend({ pass: z.uuid() });
const syncLinkId = integrationId.extend({ link: z.string().regex(/^\d{1,18}$/) });
const syncRecordId = integrationId.extend({ side: syncSide, record: z.string().min(1).max(500) });

/** Every route of `/api/v1`. Specific paths stand before those with a parameter in the same place. */
export const ROUTES = {
  openSession: {
    ...PATHS.openSession,
    role: 'anyone',
    summary: 'Exchanges the one-time code of the sign-in popup for a session of this page.',
    body: sessionCode,
    answer: openedSession,
  },
  renewSession: {
    ...PATHS.renewSession,
    role: 'anyone',
    summary:
      'The next pair of tokens, for a renewal token that is good once; without one, a session for a further page of the same browser, where it carries the cookie of an earlier one.',
    body: sessionRenewal,
    answer: openedSession,
  },
  closeSession: {
    ...PATHS.closeSession,
    role: 'rep',
    summary: 'Signs out, on every page of this browser.',
    answer: closedSession,
  },
  me: {
    ...PATHS.me,
    role: 'rep',
    scope: 'read',
    summary: 'Who asks, for which organisation, and how Liaison runs.',
    answer: me,
  },
  listRuns: {
    ...PATHS.listRuns,
    role: 'rep',
    scope: 'read',
    summary: 'Runs, newest first, filtered by flow, record, state and time.',
    query: runsQuery,
    answer: runsPage,
  },
  countRuns: {
    ...PATHS.countRuns,
    role: 'rep',
    summary: 'How many runs stand in each state, under a filter.',
    query: runFilter,
    answer: runCounts,
  },
  replayMany: {
    ...PATHS.replayMany,
    role: 'admin',
    summary: 'Replays every shelved run that the filter lets through, each from its failed step.',
    body: runFilter,
    answer: replayed,
  },
  getRun: {
    ...PATHS.getRun,
    role: 'rep',
    scope: 'read',
    summary: 'One run, step by step, with what was sent and answered.',
    params: runId,
    answer: runDetail,
  },
  replayRun: {
    ...PATHS.replayRun,
    role: 'rep',
    summary:
      'Takes a run that failed up again, from its failed step. A run that is done is refused (409). An admin, or whose own the integration is.',
    params: runId,
    answer: runDetail,
  },
  why: {
    ...PATHS.why,
    role: 'rep',
    summary:
      'Why something was done of a record, or was not: what arrived about it and what became of it, over all integrations. Asks no vendor.',
    query: whyQuery,
    answer: why,
  },
  findRecords: {
    ...PATHS.findRecords,
    role: 'rep',
    summary:
      'Records by name, address or id, over all integrations, without case and accents: what *why* can be asked of. Asks no vendor.',
    query: findRecordsQuery,
    answer: foundRecords,
  },
  getRecordWhy: {
    ...PATHS.getRecordWhy,
    role: 'rep',
    summary: 'The same of a record of the CRM, with what vendors hold of the person or company.',
    params: recordAddress,
    answer: why,
  },
  listFlows: {
    ...PATHS.listFlows,
    role: 'rep',
    summary: 'What Liaison can do: each flow, and the accounts that an integration of it needs.',
    answer: offeredFlows,
  },
  listIntegrations: {
    ...PATHS.listIntegrations,
    role: 'rep',
    scope: 'read',
    summary: 'Every set-up of a flow: its name, its accounts, whether it is on, how it stands.',
    answer: integrations,
  },
  makeIntegration: {
    ...PATHS.makeIntegration,
    role: 'rep',
    summary:
      'Sets a flow up. Repeated with the same `Idempotency-Key` it makes nothing more. A rep sets up for themselves only (`owner: me`).',
    body: integrationWish,
    answer: changedIntegration,
  },
  integrationOverview: {
    ...PATHS.integrationOverview,
    role: 'rep',
    summary:
      'Every integration in one line: how it stands, whose it is, what it did since the organisation’s day began. Asks no vendor.',
    answer: overview,
  },
  getIntegration: {
    ...PATHS.getIntegration,
    role: 'rep',
    summary: 'One integration with its settings. Asks no vendor.',
    params: integrationId,
    answer: integration,
  },
  setIntegration: {
    ...PATHS.setIntegration,
    role: 'owner',
    summary:
      'Renames it, turns it on or off, changes its accounts or its settings. What settings name at a vendor is asked for there first.',
    params: integrationId,
    body: integrationChange,
    answer: changedIntegration,
  },
  deleteIntegration: {
    ...PATHS.deleteIntegration,
    role: 'owner',
    summary:
      'Ends it: what waits is not done, links are forgotten, records and log stay. Its id is not given again.',
    params: integrationId,
    answer: deletedIntegration,
  },
  copyIntegration: {
    ...PATHS.copyIntegration,
    role: 'owner',
    summary:
      'Sets a further integration up as this one is set: its settings, its filter, its accounts, whose it is. It is off; history and links are not copied. Repeated with the same `Idempotency-Key` it makes nothing more.',
    params: integrationId,
    body: copyWish,
    answer: changedIntegration,
  },
  integrationEffects: {
    ...PATHS.integrationEffects,
    role: 'rep',
    summary: 'What deleting it would end, and what would stay. Asks no vendor.',
    params: integrationId,
    answer: integrationEffects,
  },
  listSettingOffers: {
    ...PATHS.listSettingOffers,
    role: 'owner',
    summary: 'What the vendor offers for one setting of a flow, asked now.',
    params: integrationId.extend({ setting: z.string().max(100) }),
    query: settingsQuery,
    answer: settingOffers,
  },
  previewFlow: {
    ...PATHS.previewFlow,
    role: 'owner',
    summary: 'What a flow would send under these settings. Nothing is saved or written.',
    params: integrationId,
    body: flowForm,
    answer: flowPreview,
  },
  listFilterFields: {
    ...PATHS.listFilterFields,
    role: 'owner',
    summary: 'What conditions of the integration’s filter can be built from, asked now.',
    params: integrationId,
    query: settingsQuery.extend({ side: filterSide }),
    answer: filterFields,
  },
  countFiltered: {
    ...PATHS.countFiltered,
    role: 'owner',
    summary: 'How many of the vendor’s records a filter fits now. Nothing is saved or written.',
    params: integrationId,
    body: filterCountWish,
    answer: filterCount,
  },
  countFilteredOfFlow: {
    ...PATHS.countFilteredOfFlow,
    role: 'admin',
    summary: 'The same of an integration that is not made yet. Nothing is saved or written.',
    body: filterCountWish.extend({ flow: z.string().max(100) }),
    answer: filterCount,
  },
  integrationHistory: {
    ...PATHS.integrationHistory,
    role: 'owner',
    summary: 'How the integration was set, and since when: on or off, its settings, its filter.',
    params: integrationId,
    answer: integrationHistory,
  },
  listTryRecords: {
    ...PATHS.listTryRecords,
    role: 'owner',
    summary: 'The latest records that an automation can be tried on, and what stands in a polled source.',
    params: integrationId,
    query: tryQuery,
    answer: tryRecords,
  },
  tryIntegration: {
    ...PATHS.tryIntegration,
    role: 'owner',
    summary:
      'Plays an automation on a record by the code of its runs: reads are real, writes are shown instead of sent. Stores nothing.',
    params: integrationId,
    body: tryWish,
    answer: tryAnswer,
  },
  handRecord: {
    ...PATHS.handRecord,
    role: 'admin',
    scope: 'write',
    summary:
      'Hands a record to the integration’s mapping, and answers what became of it: a record that is there is completed, else one is made. Repeated with the same values, or the same `Idempotency-Key`, it begins nothing more.',
    params: integrationId,
    body: handWish,
    answer: handed,
  },
  startIntegration: {
    ...PATHS.startIntegration,
    role: 'admin',
    scope: 'write',
    summary: 'Has the integration look at once for what is to be done. Safe to repeat.',
    params: integrationId,
    answer: started,
  },
  postMessage: {
    ...PATHS.postMessage,
    role: 'admin',
    scope: 'write',
    summary:
      'Posts a message where the announcement posts its own. Repeated with the same `Idempotency-Key` it posts nothing more.',
    params: integrationId,
    body: messageWish,
    answer: posted,
  },
  listActions: {
    ...PATHS.listActions,
    role: 'admin',
    scope: 'read',
    summary:
      'Which integrations records can be handed to, which can be started, and at whose place messages can be posted.',
    answer: actions,
  },
  findPeople: {
    ...PATHS.findPeople,
    role: 'admin',
    scope: 'read',
    summary: 'Contacts and leads of the CRM with an e-mail address, asked now.',
    query: peopleQuery,
    answer: people,
  },
  listTemplates: {
    ...PATHS.listTemplates,
    role: 'admin',
    summary: 'What is prepared for persons to have as their own. Asks no vendor.',
    answer: templates,
  },
  makeTemplate: {
    ...PATHS.makeTemplate,
    role: 'admin',
    summary:
      'Prepares a flow for persons: the rules of each one’s own, who connects the account of theirs. Nobody is asked before it is open.',
    body: templateWish,
    answer: template,
  },
  getTemplate: {
    ...PATHS.getTemplate,
    role: 'admin',
    summary: 'One template. Asks no vendor.',
    params: templateId,
    answer: template,
  },
  setTemplate: {
    ...PATHS.setTemplate,
    role: 'admin',
    summary: 'Changes a template: every integration under it goes by it from its next turn on.',
    params: templateId,
    body: templateChange,
    answer: template,
  },
  deleteTemplate: {
    ...PATHS.deleteTemplate,
    role: 'admin',
    summary: 'Deletes a template and ends every integration under it, with the accounts that only they used.',
    params: templateId,
    answer: deletedTemplate,
  },
  listPersons: {
    ...PATHS.listPersons,
    role: 'admin',
    summary: 'Who works here: who takes part, who must reconnect, whom nobody asked yet.',
    answer: persons,
  },
  askPerson: {
    ...PATHS.askPerson,
    role: 'admin',
    summary: 'Asks a person again: they are shown the question beside the next record that they open.',
    params: personId,
    answer: askedPerson,
  },
  endPerson: {
    ...PATHS.endPerson,
    role: 'admin',
    summary: 'Ends what a person has under templates, and the accounts that only this used. Records stay.',
    params: personId,
    answer: endedPerson,
  },
  getPersonal: {
    ...PATHS.getPersonal,
    role: 'rep',
    summary: 'What whoever is signed in is asked to take part in, and what they have. Asks no vendor.',
    query: personalQuery,
    answer: ownPersonal,
  },
  joinPersonal: {
    ...PATHS.joinPersonal,
    role: 'rep',
    summary:
      'Whoever is signed in agrees to all that is offered; it runs as soon as their accounts are connected.',
    answer: ownPersonal,
  },
  declinePersonal: {
    ...PATHS.declinePersonal,
    role: 'rep',
    summary: 'Whoever is signed in does not want to be asked again. What they have stays.',
    answer: ownPersonal,
  },
  endPersonal: {
    ...PATHS.endPersonal,
    role: 'rep',
    summary: 'Ends what whoever is signed in has under templates, and the accounts that only this used.',
    answer: ownPersonal,
  },
  listDocuments: {
    ...PATHS.listDocuments,
    role: 'rep',
    summary:
      'The documentation of every flow and sync as it is set now: data flow, mapping, frequency. Asks no vendor.',
    answer: flowDocuments,
  },
  listConnections: {
    ...PATHS.listConnections,
    role: 'rep',
    summary: 'Every account that is connected, and the applications that accounts can be connected of.',
    answer: connections,
  },
  connectionEffects: {
    ...PATHS.connectionEffects,
    role: 'rep',
    summary: 'What a disconnection would stop now, or a reconnection take up again. Asks no vendor.',
    params: connectionId,
    answer: connectionEffects,
  },
  setKey: {
    ...PATHS.setKey,
    role: 'rep',
    summary:
      'Connects an account of an application that is authorised by a key, or gives a connection another key, after asking the vendor whether it is good. An admin, or whose own the account is.',
    params: connectionOrConnectorId,
    body: connectionKey,
    answer: connection,
  },
  disconnect: {
    ...PATHS.disconnect,
    role: 'rep',
    summary:
      'Forgets the account: unsubscribes, revokes, deletes its tokens. An admin, or whose own the account is.',
    params: connectionId,
    answer: disconnected,
  },
  listSyncFields: {
    ...PATHS.listSyncFields,
    role: 'rep',
    summary: 'The fields and options that both vendors offer now.',
    params: integrationId,
    query: syncFieldsQuery,
    answer: syncFields,
  },
  makeSyncFields: {
    ...PATHS.makeSyncFields,
    role: 'owner',
    summary:
      'Makes fields on one side that can hold fields of the other, where there are none of their names yet. The mapping stays as it is.',
    params: integrationId,
    body: newFieldsWish,
    answer: newFields,
  },
  getSyncPreview: {
    ...PATHS.getSyncPreview,
    role: 'rep',
    summary: 'The latest preview: what an apply would do, what it would cost, and samples field by field.',
    params: integrationId,
    answer: previewAnswer,
  },
  listSyncPreviewRecords: {
    ...PATHS.listSyncPreviewRecords,
    role: 'rep',
    summary: 'What the latest preview would do, record by record, in pages.',
    params: integrationId,
    query: previewRecordsQuery,
    answer: previewRecordsPage,
  },
  previewSync: {
    ...PATHS.previewSync,
    role: 'owner',
    summary: 'Reads both sides and plans; writes nothing to either. 409 while the sync is running.',
    params: integrationId,
    answer: startedPass,
  },
  applySync: {
    ...PATHS.applySync,
    role: 'owner',
    summary: 'Does what the preview showed, then stays live. 409 when nothing was previewed.',
    params: integrationId,
    answer: startedPass,
  },
  stopSync: {
    ...PATHS.stopSync,
    role: 'owner',
    summary: 'Cancels a preview, or pauses after the batch in hand. What was done stays done.',
    params: integrationId,
    answer: syncSummary,
  },
  resumeSync: {
    ...PATHS.resumeSync,
    role: 'owner',
    summary: 'Goes on after a pause; after the brake, as `deletes` says.',
    params: integrationId,
    body: resumeWish,
    answer: syncSummary,
  },
  listSyncRecords: {
    ...PATHS.listSyncRecords,
    role: 'rep',
    summary:
      'Linked pairs and records without a link, by state: all, the shelf, the conflicts, the excluded.',
    params: integrationId,
    query: syncRecordsQuery,
    answer: syncRecordsPage,
  },
  retrySyncShelf: {
    ...PATHS.retrySyncShelf,
    role: 'owner',
    summary: 'Tries every shelved record again.',
    params: integrationId,
    answer: touched,
  },
  retrySyncRecord: {
    ...PATHS.retrySyncRecord,
    role: 'owner',
    summary: 'Tries one shelved record again, with its counterpart.',
    params: syncRecordId,
    answer: touched,
  },
  includeSyncRecord: {
    ...PATHS.includeSyncRecord,
    role: 'owner',
    summary: 'Takes an excluded record in again. 409 for one that its vendor keeps out.',
    params: syncRecordId,
    answer: touched,
  },
  includeSyncRecords: {
    ...PATHS.includeSyncRecords,
    role: 'owner',
    summary:
      'Takes in again all that is left out, or what is left out for one reason, and pairs that an undo left different. What its vendor keeps out stays out.',
    params: integrationId,
    body: inclusion,
    answer: touched,
  },
  decideAllSyncConflicts: {
    ...PATHS.decideAllSyncConflicts,
    role: 'owner',
    summary: 'Decides every field that waits for a person: one side wins them all.',
    params: integrationId,
    body: decisionForAll,
    answer: touched,
  },
  linkSyncRecords: {
    ...PATHS.linkSyncRecords,
    role: 'owner',
    summary: 'Links two records that no key could tell to be the same. 409 when one is linked already.',
    params: integrationId,
    body: handLink,
    answer: madeLink,
  },
  getSyncLink: {
    ...PATHS.getSyncLink,
    role: 'rep',
    summary: 'One linked pair: per field both values, who wrote it last, when, and what was there before.',
    params: syncLinkId,
    answer: syncLink,
  },
  decideSyncConflict: {
    ...PATHS.decideSyncConflict,
    role: 'owner',
    summary: 'Decides fields of one pair, each for a side.',
    params: syncLinkId,
    body: decision,
    answer: touched,
  },
  listSyncPasses: {
    ...PATHS.listSyncPasses,
    role: 'rep',
    summary: 'What the sync did: previews, applies, undos, and groups of live changes, newest first.',
    params: integrationId,
    answer: passes,
  },
  previewSyncUndo: {
    ...PATHS.previewSyncUndo,
    role: 'owner',
    summary: 'What taking back a pass would write, and what it would leave alone. Writes nothing.',
    params: syncPass,
    answer: undoPreview,
  },
  undoSyncPass: {
    ...PATHS.undoSyncPass,
    role: 'owner',
    summary: 'Takes back what a pass wrote, where nobody changed it since. The sync is paused by it.',
    params: syncPass,
    answer: startedPass,
  },
  getRecord: {
    ...PATHS.getRecord,
    role: 'rep',
    summary:
      'A record of the CRM and what vendors last said of it. Answers from what is kept; each card is read anew by its own route.',
    params: recordAddress,
    query: recordQuery,
    answer: recordPage,
  },
  getRecordActivity: {
    ...PATHS.getRecordActivity,
    role: 'rep',
    summary: 'What Liaison did for the record, and how it stands in each sync. Asks no vendor.',
    params: recordAddress,
    answer: recordActivity,
  },
  syncRecord: {
    ...PATHS.syncRecord,
    role: 'rep',
    summary: 'Makes the syncs of the record look for changes now; what they do stays as an admin set it.',
    params: recordAddress,
    answer: askedSyncs,
  },
  getRecordCard: {
    ...PATHS.getRecordCard,
    role: 'rep',
    summary:
      'What one vendor says of the record now; when it fails, what it said last, with the time and the reason.',
    params: cardAddress,
    answer: recordCard,
  },
  actOnRecord: {
    ...PATHS.actOnRecord,
    role: 'rep',
    summary:
      'Does an action that the card offers (such as making the missing customer), from the CRM’s own data. Safe to repeat.',
    params: actionAddress,
    answer: recordCard,
  },
  mailPeople: {
    ...PATHS.mailPeople,
    role: 'rep',
    summary:
      'Who the people of a mail are in the CRM: every contact and lead with an address, their account, open deals and last notes. Asks the CRM now.',
    query: mailPeopleQuery,
    answer: mailPeople,
  },
  makeMailPerson: {
    ...PATHS.makeMailPerson,
    role: 'rep',
    summary:
      'Makes a lead or a contact from a mail, once for each `id`, and of whoever asks. Somebody who has the address by then is answered.',
    body: mailPersonWish,
    answer: madeMailPerson,
  },
  suggestMailPerson: {
    ...PATHS.suggestMailPerson,
    role: 'rep',
    summary:
      'Name, company and phone as a mail and its signature have them, to be corrected by a person. Asks no vendor.',
    body: mailSuggestionWish,
    answer: mailSuggestion,
  },
  listMailLogs: {
    ...PATHS.listMailLogs,
    role: 'rep',
    summary: 'On which records a mail is logged, or is about to be. Asks no vendor.',
    query: mailLogsQuery,
    answer: mailLogs,
  },
  logMail: {
    ...PATHS.logMail,
    role: 'rep',
    summary:
      'Logs a mail on records of the CRM, once for each: stored when this answers, done by a run. One that failed is taken up again. 409 where logging is off.',
    body: mailLogWish,
    mail: true,
    answer: loggedMails,
  },
  getMailConversation: {
    ...PATHS.getMailConversation,
    role: 'rep',
    summary: 'Whether the mails of a conversation are logged by themselves, of whoever asks.',
    params: conversationAddress,
    answer: conversation,
  },
  setMailConversation: {
    ...PATHS.setMailConversation,
    role: 'rep',
    summary: 'Has the mails of a conversation logged from now on, or no longer, of whoever asks.',
    params: conversationAddress,
    body: conversationWish,
    answer: conversation,
  },
  listAlerts: {
    ...PATHS.listAlerts,
    role: 'rep',
    summary:
      'What an admin must know: one alert per cause, for as long as it lasts; and what is over since lately.',
    answer: alerts,
  },
  getAlertSettings: {
    ...PATHS.getAlertSettings,
    role: 'admin',
    summary: 'Where alerts go, and how the last message there ended. Asks no vendor.',
    answer: alertSettings,
  },
  setAlertSettings: {
    ...PATHS.setAlertSettings,
    role: 'admin',
    summary: 'Chooses where alerts go; each place is looked up where it is.',
    body: alertSettingsChange,
    answer: alertSettings,
  },
  listAlertPlaces: {
    ...PATHS.listAlertPlaces,
    role: 'admin',
    summary: 'The channels, users and the like that the connected applications offer for alerts now.',
    answer: alertPlaces,
  },
  testAlert: {
    ...PATHS.testAlert,
    role: 'admin',
    summary: 'Sends a test message to one of the chosen places. 404 for one that was not chosen.',
    body: alertDestination,
    answer: alertTested,
  },
  listAccesses: {
    ...PATHS.listAccesses,
    role: 'rep',
    summary:
      'Other applications that people let act in Liaison in their name: an admin sees everybody’s, a rep their own.',
    answer: accesses,
  },
  endAccess: {
    ...PATHS.endAccess,
    role: 'rep',
    summary:
      'Ends what a person let an application do: its tokens are good no longer, and it is told nothing more. An admin ends anybody’s, a rep their own.',
    params: accessId,
    answer: endedAccess,
  },
  listFacts: {
    ...PATHS.listFacts,
    role: 'admin',
    scope: 'hooks',
    summary:
      'The last events of a type that any address was told of, newest first, each as it is sent; an example in the same form where there was none.',
    params: z.object({ fact: z.string().max(100) }),
    query: factsQuery,
    answer: facts,
  },
  listReceivers: {
    ...PATHS.listReceivers,
    role: 'admin',
    summary:
      'Addresses of other applications that are told what Liaison did (webhooks out), and what they can be told of. What is sent stands under `webhooks` of this document.',
    answer: receivers,
  },
  makeReceiver: {
    ...PATHS.makeReceiver,
    role: 'admin',
    scope: 'hooks',
    summary: 'Adds an address. Its secret is answered now and never again.',
    body: receiverWish,
    answer: receiverWithSecret,
  },
  getReceiver: {
    ...PATHS.getReceiver,
    role: 'admin',
    scope: 'hooks',
    summary: 'One address, and how its dispatches stand.',
    params: receiverId,
    answer: receiver,
  },
  setReceiver: {
    ...PATHS.setReceiver,
    role: 'admin',
    summary:
      'Changes what is named. `state` pauses it, or goes on: also one that had ended. What was set aside is sent again only when that is asked for.',
    params: receiverId,
    body: receiverChange,
    answer: receiver,
  },
  rotateReceiverSecret: {
    ...PATHS.rotateReceiverSecret,
    role: 'admin',
    summary: 'Another secret, answered now and never again. For a day both sign what is sent.',
    params: receiverId,
    answer: receiverWithSecret,
  },
  testReceiver: {
    ...PATHS.testReceiver,
    role: 'admin',
    summary: 'Sends a test, once. How it ended stands in the log. 409 where nothing is sent to the address.',
    params: receiverId,
    answer: dispatch,
  },
  resendReceiverFailed: {
    ...PATHS.resendReceiverFailed,
    role: 'admin',
    summary: 'Sends again what failed of what happened since a moment, each under the same id.',
    params: receiverId,
    body: resendWish,
    answer: resent,
  },
  listReceiverDispatches: {
    ...PATHS.listReceiverDispatches,
    role: 'admin',
    scope: 'hooks',
    summary: 'What was sent to an address, or is to be, newest first, for as long as the log keeps it.',
    params: receiverId,
    query: dispatchesQuery,
    answer: dispatchesPage,
  },
  resendReceiverDispatch: {
    ...PATHS.resendReceiverDispatch,
    role: 'admin',
    summary: 'Sends one again now, under the same id.',
    params: receiverId.extend({ dispatch: z.uuid() }),
    answer: dispatch,
  },
  deleteReceiver: {
    ...PATHS.deleteReceiver,
    role: 'admin',
    scope: 'hooks',
    summary: 'Forgets the address, its secrets and its log.',
    params: receiverId,
    answer: deletedReceiver,
  },
  getShelf: {
    ...PATHS.getShelf,
    role: 'rep',
    summary: 'Everything that was set aside after it failed for good, by flow and cause.',
    answer: shelf,
  },
  retryShelf: {
    ...PATHS.retryShelf,
    role: 'rep',
    summary:
      'Tries what was set aside again: all of it, or what is of one flow. An admin, or whose own the integration is.',
    body: shelfWish,
    answer: shelfRetried,
  },
  getKeeping: {
    ...PATHS.getKeeping,
    role: 'admin',
    summary: 'For how long what was sent and answered is kept.',
    answer: keeping,
  },
  setKeeping: {
    ...PATHS.setKeeping,
    role: 'admin',
    summary:
      'Chooses for how long what was sent and answered is kept; what is older cannot be read from now on.',
    body: keeping,
    answer: keeping,
  },
  listMoney: {
    ...PATHS.listMoney,
    role: 'rep',
    summary:
      'Each account whose money is booked, beside the books: what both say, and by what they differ, as the last check found it. Asks no vendor.',
    answer: moneyAccounts,
  },
  checkMoney: {
    ...PATHS.checkMoney,
    role: 'rep',
    summary:
      'Begins a check of one account, or of all: reads its statement and the books, writes nothing to either. One that is under way goes on.',
    body: moneyCheckWish,
    answer: moneyAccounts,
  },
  getMoneyAccount: {
    ...PATHS.getMoneyAccount,
    role: 'rep',
    summary:
      'One account day by day, currency by currency and payout by payout, with each difference, its reason and what mends it. Asks no vendor.',
    params: moneyId,
    answer: moneyDetail,
  },
  cancelMoneyCheck: {
    ...PATHS.cancelMoneyCheck,
    role: 'rep',
    summary: 'Ends the check that is under way. What was found before stays.',
    params: moneyId,
    answer: moneyDetail,
  },
  acceptMoneyDifference: {
    ...PATHS.acceptMoneyDifference,
    role: 'admin',
    summary:
      'A difference is right as it is, with a note why; with a null note it is accepted no more. Other amounts are another difference.',
    params: moneyId,
    body: moneyAccept,
    answer: moneyDetail,
  },
  takeUpMoney: {
    ...PATHS.takeUpMoney,
    role: 'admin',
    summary:
      'Tells the flows once more of what is not in the books. Repeated between two checks it has one effect.',
    params: moneyId,
    body: moneyTakeUp,
    answer: moneyDetail,
  },
  getMode: {
    ...PATHS.getMode,
    role: 'admin',
    summary: 'Sandbox or production, and what this server has of what production needs. Tells no secret.',
    answer: modeView,
  },
  switchMode: {
    ...PATHS.switchMode,
    role: 'admin',
    summary:
      'Leaves the sandbox for good: deletes everything of it, and starts this server again in production. 409 while something is missing.',
    body: modeSwitch,
    answer: modeSwitched,
  },
  live: {
    ...PATHS.live,
    role: 'rep',
    summary:
      'Server-sent events: `run` as runs change, `sync` as syncs do, `record` when something concerns a record that was looked at, `reset` when events were missed and lists must be read again, a comment line as heartbeat. `Last-Event-ID` resumes.',
    answer: z.union([liveRun, liveSync, liveRecord]),
    sends: 'events',
  },
  openapi: {
    ...PATHS.openapi,
    role: 'rep',
    summary: 'This document.',
    answer: z.record(z.string(), z.unknown()),
  },
} as const satisfies Record<RouteName, Route>;

/** Shapes that the OpenAPI document names. */
export const NAMED_SCHEMAS = {
  Organisation: organisation,
  Me: me,
  Failure: failure,
  Access: access,
  Receiver: receiver,
  Dispatch: dispatch,
  RunSummary: runSummary,
  Exchange: exchange,
  Step: step,
  RunDetail: runDetail,
  RunsPage: runsPage,
  RunCounts: runCounts,
  Flow: flow,
  OfferedFlow: offeredFlow,
  Integration: integration,
  IntegrationOverview: overview,
  IntegrationEffects: integrationEffects,
  FlowDocument: flowDocument,
  Connection: connection,
  Application: application,
  Grant: grant,
  ConnectionEffects: connectionEffects,
  SyncSummary: syncSummary,
  SyncDetail: syncDetail,
  SyncFields: syncFields,
  SyncPreview: previewAnswer,
  SyncRecordsPage: syncRecordsPage,
  SyncLink: syncLink,
  SyncPasses: passes,
  Template: template,
  Person: person,
  RecordPage: recordPage,
  RecordCard: recordCard,
  RecordActivity: recordActivity,
  Alert: alert,
  AlertSettings: alertSettings,
  Shelf: shelf,
  MoneyAccount: moneyAccount,
  MoneyDetail: moneyDetail,
  Keeping: keeping,
  Why: why,
  FoundRecords: foundRecords,
  Filter: group,
  FilterPart: part,
} as const satisfies Record<string, z.ZodType>;

export type Role = z.output<typeof role>;
export type User = z.output<typeof user>;
export type OrganisationAnswer = z.output<typeof organisation>;
export type Me = z.output<typeof me>;
export type RunState = z.output<typeof runState>;
export type Failure = z.output<typeof failure>;
export type RunSummary = z.output<typeof runSummary>;
export type Exchange = z.output<typeof exchange>;
export type Step = z.output<typeof step>;
export type RunDetail = z.output<typeof runDetail>;
export type RunFilter = z.output<typeof runFilter>;
export type RunsQuery = z.output<typeof runsQuery>;
export type RunsPage = z.output<typeof runsPage>;
export type RunCounts = z.output<typeof runCounts>;
export type Flow = z.output<typeof flow>;
export type OfferedFlow = z.output<typeof offeredFlow>;
export type IntegrationFacts = z.output<typeof integrationFacts>;
export type Integration = z.output<typeof integration>;
export type ChangedIntegration = z.output<typeof changedIntegration>;
export type IntegrationWish = z.output<typeof integrationWish>;
export type IntegrationChange = z.output<typeof integrationChange>;
export type CopyWish = z.output<typeof copyWish>;
export type Overview = z.output<typeof overview>;
export type OverviewItem = z.output<typeof overviewItem>;
export type IntegrationEffects = z.output<typeof integrationEffects>;
export type ChangedFlow = z.output<typeof changedFlow>;
export type FilterWish = z.output<typeof filterWish>;
export type FilterOfSync = z.output<typeof filterOfSync>;
export type FilterFieldsAnswer = z.output<typeof filterFields>;
export type FilterCountWish = z.output<typeof filterCountWish>;
export type FilterCountAnswer = z.output<typeof filterCount>;
export type IntegrationHistory = z.output<typeof integrationHistory>;
export type SettingOffers = z.output<typeof settingOffers>;
export type FlowPreviewAnswer = z.output<typeof flowPreview>;
export type TryAnswer = z.output<typeof tryAnswer>;
export type TryQuery = z.output<typeof tryQuery>;
export type TryRecords = z.output<typeof tryRecords>;
export type TryWish = z.output<typeof tryWish>;
export type ConnectionEffects = z.output<typeof connectionEffects>;
export type FlowDocument = Answer<'listDocuments'>['documents'][number];
export type Connection = z.output<typeof connection>;
export type ConnectionKey = z.output<typeof connectionKey>;
export type Application = z.output<typeof application>;
export type Grant = z.output<typeof grant>;
export type Connections = z.output<typeof connections>;
export type Disconnected = z.output<typeof disconnected>;
export type SyncSummary = z.output<typeof syncSummary>;
export type SyncDetail = z.output<typeof syncDetail>;
export type SyncSettingsChange = z.output<typeof syncSettingsChange>;
export type SyncFields = z.output<typeof syncFields>;
export type SyncPreview = z.output<typeof previewAnswer>;
export type SyncPreviewQuery = z.output<typeof previewRecordsQuery>;
export type SyncPreviewKind = z.output<typeof previewKind>;
export type SyncPreviewRecords = z.output<typeof previewRecordsPage>;
export type SyncPass = z.output<typeof passSummary>;
export type SyncRecord = z.output<typeof syncRecord>;
export type SyncExclusionCode = z.output<typeof exclusionCode>;
export type SyncRecordState = z.output<typeof recordState>;
export type SyncRecordsQuery = z.output<typeof syncRecordsQuery>;
export type SyncRecordsPage = z.output<typeof syncRecordsPage>;
export type SyncLink = z.output<typeof syncLink>;
export type SyncUndoPreview = z.output<typeof undoPreview>;
export type Template = z.output<typeof template>;
export type Templates = z.output<typeof templates>;
export type TemplateWish = z.output<typeof templateWish>;
export type TemplateChange = z.output<typeof templateChange>;
export type Persons = z.output<typeof persons>;
export type Person = z.output<typeof person>;
export type OwnPersonal = z.output<typeof ownPersonal>;
export type Alert = z.output<typeof alert>;
export type Alerts = z.output<typeof alerts>;
export type AlertSettings = z.output<typeof alertSettings>;
export type AlertDestinationWish = z.output<typeof alertDestination>;
export type Actions = z.output<typeof actions>;
export type HandWish = z.output<typeof handWish>;
export type Handed = z.output<typeof handed>;
export type Posted = z.output<typeof posted>;
export type People = z.output<typeof people>;
export type Access = z.output<typeof access>;
export type Accesses = z.output<typeof accesses>;
export type Facts = z.output<typeof facts>;
export type FactsQuery = z.output<typeof factsQuery>;
export type Receiver = z.output<typeof receiver>;
export type Receivers = z.output<typeof receivers>;
export type ReceiverWish = z.output<typeof receiverWish>;
export type ReceiverChange = z.output<typeof receiverChange>;
export type ReceiverWithSecret = z.output<typeof receiverWithSecret>;
export type Dispatch = z.output<typeof dispatch>;
export type DispatchesQuery = z.output<typeof dispatchesQuery>;
export type DispatchesPage = z.output<typeof dispatchesPage>;
export type AlertPlaces = z.output<typeof alertPlaces>;
export type Shelf = z.output<typeof shelf>;
export type Why = z.output<typeof why>;
export type WhyQuery = z.output<typeof whyQuery>;
export type FoundRecords = z.output<typeof foundRecords>;
export type MoneyAccountView = z.output<typeof moneyAccount>;
export type MoneyDetail = z.output<typeof moneyDetail>;
export type MoneyDifference = z.output<typeof moneyDifference>;
export type Keeping = z.output<typeof keeping>;
export type ModeView = z.output<typeof modeView>;
export type LiveSync = z.output<typeof liveSync>;
export type LiveRecord = z.output<typeof liveRecord>;
export type RecordPage = z.output<typeof recordPage>;
export type RecordCard = z.output<typeof recordCard>;
export type RecordActivity = z.output<typeof recordActivity>;

/** What a caller hands to a route, and is answered. */
export type Request<Name extends RouteName> = Part<Name, 'params'> & Part<Name, 'query'> & Part<Name, 'body'>;
export type Answer<Name extends RouteName> = z.output<(typeof ROUTES)[Name]['answer']>;

type Part<Name extends RouteName, Key extends 'params' | 'query' | 'body'> = (typeof ROUTES)[Name] extends {
  readonly [K in Key]: infer Schema extends z.ZodType;
}
  ? { readonly [K in Key]: z.input<Schema> }
  : unknown;
