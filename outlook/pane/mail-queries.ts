import { skipToken, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Answer, Request } from '../../server/api/contract.ts';
import { call } from '../../widget/api/client.ts';
import { mailOf } from '../mail/mail-of.ts';
import type { MailRecord } from '../mail/mail-record.ts';
import type { OpenItem, ReadMail } from '../office/item.ts';
import type { Outlook } from '../office/outlook.ts';

export type MailLogs = Answer<'listMailLogs'>['logs'];

/** What is asked once again while a log is under way. */
const LOOK_AGAIN_MS = 1_000;
/** While a vendor's page is open elsewhere. */
const CONNECTING_MS = 2_000;
/** How many mails to look people up at once. */
export const MOST_ADDRESSES = 50;

const KEYS = {
  people: (addresses: readonly string[]) => ['mail', 'people', ...addresses] as const,
  unlogged: ['mail', 'unlogged'] as const,
  made: (item: OpenItem) => ['mail', 'made', item.key] as const,
  logs: (mail: ReadMail) => ['mail', 'logs', mail.messageId, mail.from.address, mail.subject] as const,
  conversation: (id: string) => ['mail', 'conversation', id] as const,
};

/** Who these are in the CRM, asked now. */
export function usePeople(addresses: readonly string[]) {
  return useQuery({
    queryKey: KEYS.people(addresses),
    queryFn: ({ signal }) =>
      call('mailPeople', { query: { address: addresses.slice(0, MOST_ADDRESSES) }, signal }),
    enabled: addresses.length > 0,
  });
}

/** After somebody is made they are not nobody any more, and it is said so beside the mail. */
export function useMakePerson(item: OpenItem) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Request<'makeMailPerson'>['body']) => call('makeMailPerson', { body }),
    onSuccess(made) {
      queries.setQueryData(KEYS.made(item), made);
      return queries.invalidateQueries({ queryKey: ['mail', 'people'] });
    },
  });
}

/** Who was made last from what is open. */
export const useMade = (item: OpenItem): Answer<'makeMailPerson'> | undefined =>
  useQuery<Answer<'makeMailPerson'>>({ queryKey: KEYS.made(item), queryFn: skipToken }).data;

const isUnderWay = ({ state }: MailLogs[number]): boolean => state === 'waiting' || state === 'running';

/** Where the mail is logged, looked at again until it is done. */
export function useLogs(mail: ReadMail) {
  return useQuery({
    queryKey: KEYS.logs(mail),
    queryFn: () =>
      call('listMailLogs', {
        query: { messageId: mail.messageId, from: mail.from.address, subject: mail.subject },
      }),
    enabled: mail.messageId !== '',
    refetchInterval: ({ state }) => (state.data?.logs.some(isUnderWay) === true ? LOOK_AGAIN_MS : false),
  });
}

/** Reads the mail from Outlook and has it logged. */
export function useLogMail(outlook: Outlook, mail: ReadMail) {
  const queries = useQueryClient();
  return useMutation({
    async mutationFn(wish: {
      readonly records: readonly MailRecord[];
      readonly files: boolean;
      readonly sent: boolean;
    }) {
      const read = await mailOf(outlook, mail, wish);
      // One that Outlook knows no time of is of now.
      const body = {
        mail: { ...read, at: read.at || new Date().toISOString() },
        records: [...wish.records],
      };
      return call('logMail', { body });
    },
    // Heard also where the mail is not open any more: whoever went on to the next one believes it logged.
    onError: () => queries.setQueryData<Unlogged>(KEYS.unlogged, { key: mail.key, subject: mail.subject }),
    onSuccess({ logs }) {
      queries.setQueryData<Answer<'listMailLogs'>>(KEYS.logs(mail), (before) => ({
        logs: [...logs, ...(before?.logs ?? []).filter((one) => !logs.some((other) => same(one, other)))],
      }));
      void queries.invalidateQueries({ queryKey: KEYS.logs(mail) });
    },
  });
}

/** The last mail that could not be logged. */
interface Unlogged {
  /** Of the item. */
  readonly key: string;
  readonly subject: string;
}

/** A mail that could not be logged and is not open any more; undefined: there is none. */
export function useUnlogged(
  open: OpenItem,
): { readonly subject: string; readonly forget: () => void } | undefined {
  const queries = useQueryClient();
  const { data } = useQuery<Unlogged | null>({ queryKey: KEYS.unlogged, queryFn: skipToken });
  if (!data || data.key === open.key) return undefined;
  return { subject: data.subject, forget: () => queries.setQueryData(KEYS.unlogged, null) };
}

const same = (one: MailLogs[number], other: MailLogs[number]): boolean =>
  one.module === other.module && one.id === other.id;

/** @param connecting the mailbox is being connected in another window. */
export function useConversation(id: string, connecting: boolean) {
  return useQuery({
    queryKey: KEYS.conversation(id),
    queryFn: () => call('getMailConversation', { params: { conversation: id } }),
    refetchInterval: ({ state }) =>
      connecting && state.data?.state === 'no-mailbox' ? CONNECTING_MS : false,
  });
}

export function useSetConversation(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (wish: { readonly on: boolean; readonly records: readonly MailRecord[] }) =>
      call('setMailConversation', {
        params: { conversation: id },
        body: { on: wish.on, records: [...wish.records] },
      }),
    onSuccess: (now) => queries.setQueryData(KEYS.conversation(id), now),
  });
}
