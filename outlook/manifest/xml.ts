import type { Sentence } from '../../server/core/sentence.ts';
import { ON_SEND } from '../send/name.ts';
import { type Addin, MANIFEST_VERSION, NEEDED_MAILBOX } from './addin.ts';
import { type Element, tag, written } from './markup.ts';
import { MANIFEST_TEXTS as TEXTS } from './texts.ts';

/**
 * The manifest for Outlooks, and Exchange servers, that do not know the unified one.
 * https://learn.microsoft.com/javascript/api/manifest/officeapp
 */
export const xmlManifest = (addin: Addin): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n${written(officeApp(addin))}`;

const FRENCH = 'fr-FR';

export function officeApp(addin: Addin): Element {
  return tag(
    'OfficeApp',
    {
      xmlns: 'http://schemas.microsoft.com/office/appforoffice/1.1',
      'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
      'xmlns:bt': 'http://schemas.microsoft.com/office/officeappbasictypes/1.0',
      'xmlns:mailappor': 'http://schemas.microsoft.com/office/mailappversionoverrides/1.0',
      'xsi:type': 'MailApp',
    },
    tag('Id', addin.xmlId),
    tag('Version', `${MANIFEST_VERSION}.0`),
    tag('ProviderName', 'Liaison'),
    tag('DefaultLocale', 'en-US'),
    spoken('DisplayName', TEXTS.name),
    spoken('Description', TEXTS.short),
    tag('IconUrl', { DefaultValue: addin.icon(64) }),
    tag('HighResolutionIconUrl', { DefaultValue: addin.icon(128) }),
    tag('SupportUrl', { DefaultValue: `${addin.publicUrl}/` }),
    tag(
      'AppDomains',
      ...[new URL(addin.publicUrl).origin, ...addin.signInOrigins].map((origin) => tag('AppDomain', origin)),
    ),
    tag('Hosts', tag('Host', { Name: 'Mailbox' })),
    tag('Requirements', tag('Sets', tag('Set', { Name: 'Mailbox', MinVersion: NEEDED_MAILBOX }))),
    tag('FormSettings', form('ItemRead', addin), form('ItemEdit', addin)),
    tag('Permissions', 'ReadWriteItem'),
    tag(
      'Rule',
      { 'xsi:type': 'RuleCollection', Mode: 'Or' },
      tag('Rule', { 'xsi:type': 'ItemIs', ItemType: 'Message', FormType: 'Read' }),
      tag('Rule', { 'xsi:type': 'ItemIs', ItemType: 'Message', FormType: 'Edit' }),
    ),
    tag('DisableEntityHighlighting', 'true'),
    overrides(addin, '1.0', overrides(addin, '1.1')),
  );
}

/** Both versions stand in each other: an Outlook takes the newest that it knows. */
function overrides(addin: Addin, version: '1.0' | '1.1', newer?: Element): Element {
  const isNew = version === '1.1';
  return tag(
    'VersionOverrides',
    {
      xmlns: `http://schemas.microsoft.com/office/mailappversionoverrides${isNew ? '/1.1' : ''}`,
      'xsi:type': `VersionOverridesV${version.replace('.', '_')}`,
    },
    tag(
      'Requirements',
      tag('bt:Sets', { DefaultMinVersion: NEEDED_MAILBOX }, tag('bt:Set', { Name: 'Mailbox' })),
    ),
    tag(
      'Hosts',
      tag(
        'Host',
        { 'xsi:type': 'MailHost' },
        ...(isNew ? [tag('Runtimes', tag('Runtime', { resid: 'Send.Url' }))] : []),
        tag(
          'DesktopFormFactor',
          ...(isNew ? [tag('SupportsSharedFolders', 'true')] : []),
          surface('MessageReadCommandSurface', 'Read', isNew),
          surface('MessageComposeCommandSurface', 'Compose', isNew),
          ...(isNew ? [launchEvents()] : []),
        ),
      ),
    ),
    resources(addin),
    ...(newer === undefined ? [] : [newer]),
  );
}

function surface(point: string, form: 'Read' | 'Compose', canPin: boolean): Element {
  const icon = tag(
    'Icon',
    ...([16, 32, 80] as const).map((size) => tag('bt:Image', { size: `${size}`, resid: `Icon.${size}` })),
  );
  return tag(
    'ExtensionPoint',
    { 'xsi:type': point },
    tag(
      'OfficeTab',
      { id: 'TabDefault' },
      tag(
        'Group',
        { id: `liaison${form}Group` },
        tag('Label', { resid: 'Group.Label' }),
        tag(
          'Control',
          { 'xsi:type': 'Button', id: `liaison${form}Button` },
          tag('Label', { resid: 'Button.Label' }),
          tag('Supertip', tag('Title', { resid: 'Tip.Title' }), tag('Description', { resid: 'Tip.Text' })),
          icon,
          tag(
            'Action',
            { 'xsi:type': 'ShowTaskpane' },
            tag('SourceLocation', { resid: 'Pane.Url' }),
            ...(canPin ? [tag('SupportsPinning', 'true')] : []),
          ),
        ),
      ),
    ),
  );
}

/** An Outlook that knows less than this set has no such event, and opens the pane all the same. */
const launchEvents = (): Element =>
  tag(
    'ExtensionPoint',
    { 'xsi:type': 'LaunchEvent' },
    tag(
      'LaunchEvents',
      tag('LaunchEvent', { Type: 'OnMessageSend', FunctionName: ON_SEND, SendMode: 'PromptUser' }),
    ),
    tag('SourceLocation', { resid: 'Send.Url' }),
  );

function resources(addin: Addin): Element {
  return tag(
    'Resources',
    tag(
      'bt:Images',
      ...([16, 32, 80] as const).map((size) =>
        tag('bt:Image', { id: `Icon.${size}`, DefaultValue: addin.icon(size) }),
      ),
    ),
    tag(
      'bt:Urls',
      tag('bt:Url', { id: 'Pane.Url', DefaultValue: addin.pane }),
      tag('bt:Url', { id: 'Send.Url', DefaultValue: addin.send }),
    ),
    tag(
      'bt:ShortStrings',
      string('Group.Label', TEXTS.group),
      string('Button.Label', TEXTS.button),
      string('Tip.Title', TEXTS.tipTitle),
    ),
    tag('bt:LongStrings', string('Tip.Text', TEXTS.tip)),
  );
}

const string = (id: string, { en, fr }: Sentence): Element =>
  tag('bt:String', { id, DefaultValue: en }, tag('bt:Override', { Locale: FRENCH, Value: fr }));

const spoken = (name: string, { en, fr }: Sentence): Element =>
  tag(name, { DefaultValue: en }, tag('Override', { Locale: FRENCH, Value: fr }));

function form(type: 'ItemRead' | 'ItemEdit', addin: Addin): Element {
  const source = tag('SourceLocation', { DefaultValue: addin.pane });
  const settings =
    type === 'ItemRead'
      ? tag('DesktopSettings', source, tag('RequestedHeight', '360'))
      : tag('DesktopSettings', source);
  return tag('Form', { 'xsi:type': type }, settings);
}
