import { OfficeMockObject } from 'office-addin-mock';

type Callback = (answer: unknown) => void;
type Item = Record<string, unknown>;

export const succeeded = (value?: unknown) => ({ status: 'succeeded', value });
export const failed = (code: number) => ({ status: 'failed', error: { code, message: `Error ${code}` } });

/** The part of Office that pages of an add-in for mail use, by Microsoft's own mock, with the test as Outlook. */
export function mockOffice(parts: {
  readonly item: Item | null;
  readonly sets?: readonly string[];
  readonly hostName?: string;
  readonly platform?: string;
  readonly display?: (address: string, options: unknown, done: Callback) => void;
}) {
  const handlers = new Map<string, (event?: unknown) => void>();
  const told: string[] = [];
  const office = new OfficeMockObject(
    {
      context: {
        displayLanguage: 'fr-FR',
        platform: parts.platform ?? 'OfficeOnline',
        requirements: {
          isSetSupported: (name: string, version: string) =>
            (parts.sets ?? ['Mailbox 1.8', 'Mailbox 1.12', 'DialogApi 1.1']).includes(`${name} ${version}`),
        },
        mailbox: {
          diagnostics: { hostName: parts.hostName ?? 'OutlookWebApp' },
          userProfile: { emailAddress: 'me@own.example' },
          addHandlerAsync(event: string, handler: () => void, done: Callback) {
            handlers.set(event, handler);
            done(succeeded());
          },
        },
        ui: {
          displayDialogAsync: parts.display ?? (() => undefined),
          messageParent: (message: string) => void told.push(message),
        },
      },
      onReady: async () => ({ host: 'Outlook', platform: 'OfficeOnline' }),
      AsyncResultStatus: { Succeeded: 'succeeded', Failed: 'failed' },
      CoercionType: { Text: 'text', Html: 'html' },
      EventType: {
        ItemChanged: 'itemChanged',
        OfficeThemeChanged: 'themeChanged',
        RecipientsChanged: 'recipientsChanged',
        DialogMessageReceived: 'dialogMessage',
        DialogEventReceived: 'dialogEvent',
      },
      MailboxEnums: { AttachmentContentFormat: { Base64: 'base64', Eml: 'eml' } },
      HostType: { Outlook: 'Outlook' },
      PlatformType: { PC: 'PC', OfficeOnline: 'OfficeOnline' },
    },
    'outlook' as never,
  );
  const { mailbox } = office.context;
  mailbox.item = parts.item;
  Object.assign(globalThis, { Office: office });
  return {
    mailbox: mailbox as Office.Mailbox,
    told,
    /** Opens another item, or none. */
    open(item: Item | null) {
      mailbox.item = item;
      handlers.get('itemChanged')?.();
    },
    hears: (event: string) => handlers.has(event),
    /** How dark Outlook's ground is. */
    paint(ground: string | undefined) {
      office.context.officeTheme = ground === undefined ? undefined : { bodyBackgroundColor: ground };
      handlers.get('themeChanged')?.();
    },
  };
}
