import type { Element } from './markup.ts';

/**
 * In which order Outlook wants the elements within others, by Microsoft's schema: what stands elsewhere is refused when
 * the manifest is uploaded, and no tool tells of it before. Elements that are not named hold equals in any number.
 * https://learn.microsoft.com/openspecs/office_file_formats/ms-owemxml/
 */
const ORDER: Readonly<Record<string, readonly string[]>> = {
  OfficeApp: [
    'Id',
    'Version',
    'ProviderName',
    'DefaultLocale',
    'DisplayName',
    'Description',
    'IconUrl',
    'HighResolutionIconUrl',
    'SupportUrl',
    'AppDomains',
    'Hosts',
    'Requirements',
    'FormSettings',
    'Permissions',
    'Rule',
    'DisableEntityHighlighting',
    'VersionOverrides',
  ],
  VersionOverrides: ['Requirements', 'Hosts', 'Resources', 'VersionOverrides'],
  Host: ['Runtimes', 'DesktopFormFactor'],
  DesktopFormFactor: ['SupportsSharedFolders', 'ExtensionPoint'],
  Group: ['Label', 'Control'],
  Control: ['Label', 'Supertip', 'Icon', 'Action'],
  Supertip: ['Title', 'Description'],
  Action: ['SourceLocation', 'SupportsPinning'],
  ExtensionPoint: ['OfficeTab', 'LaunchEvents', 'SourceLocation'],
  Resources: ['bt:Images', 'bt:Urls', 'bt:ShortStrings', 'bt:LongStrings'],
  DesktopSettings: ['SourceLocation', 'RequestedHeight'],
};

/** Elements of which there may be several, side by side. */
const SEVERAL = new Set(['ExtensionPoint', 'Control']);
/** Elements that must have an id. */
const WITH_ID = new Set(['OfficeTab', 'Group', 'Control', 'bt:Image', 'bt:Url', 'bt:String']);
/** What a text may be as long as. */
const LONGEST: Readonly<Record<string, number>> = { 'bt:ShortStrings': 125, 'bt:LongStrings': 250 };

/** What Outlook would refuse of an XML manifest, one sentence each. */
export function faultsOfOrder(root: Element): string[] {
  return [...orderFaults(root), ...ownOverrides(root).flatMap(idFaults)];
}

const elementsIn = (element: Element): Element[] =>
  element.children.filter((child): child is Element => typeof child !== 'string');

function orderFaults(element: Element): string[] {
  const children = elementsIn(element);
  const order = ORDER[element.name];
  const own: string[] = [];
  let last = -1;
  for (const child of order === undefined ? [] : children) {
    const place = order?.indexOf(child.name) ?? -1;
    if (place < 0) own.push(`<${element.name}> takes no <${child.name}>.`);
    else if (place < last) own.push(`<${child.name}> stands too late in <${element.name}>.`);
    else if (place === last && !SEVERAL.has(child.name))
      own.push(`<${element.name}> takes one <${child.name}> only.`);
    last = Math.max(last, place);
  }
  const longest = LONGEST[element.name];
  for (const child of longest === undefined ? [] : children) {
    for (const text of [
      child.attributes.DefaultValue,
      ...elementsIn(child).map(({ attributes }) => attributes.Value),
    ])
      if (text !== undefined && text.length > (longest ?? 0)) own.push(`A text is too long: ${text}`);
  }
  return [...own, ...children.flatMap(orderFaults)];
}

/** Each set of overrides by itself, without the one that stands in it: ids are of one set. */
function ownOverrides(element: Element): Element[] {
  return elementsIn(element).flatMap((child) => {
    if (child.name !== 'VersionOverrides') return ownOverrides(child);
    const children = child.children.filter(
      (inner) => typeof inner === 'string' || inner.name !== 'VersionOverrides',
    );
    return [{ ...child, children }, ...ownOverrides(child)];
  });
}

function idFaults(overrides: Element): string[] {
  const ids = new Map<string, number>();
  const wanted = new Set<string>();
  const faults: string[] = [];
  const walk = (element: Element): void => {
    const { id, resid } = element.attributes;
    // A picture of a button names one of the resources; one of the resources has an id.
    const isNamed = WITH_ID.has(element.name) && resid === undefined;
    if (isNamed && id === undefined) faults.push(`A <${element.name}> has no id.`);
    if (id !== undefined && element.name !== 'OfficeTab') ids.set(id, (ids.get(id) ?? 0) + 1);
    if (resid !== undefined) wanted.add(resid);
    if ((id ?? resid ?? '').length > 32) faults.push(`An id is longer than 32 characters: ${id ?? resid}`);
    for (const child of elementsIn(element)) walk(child);
  };
  walk(overrides);
  for (const [id, count] of ids) if (count > 1) faults.push(`The id ${id} is there ${count} times.`);
  for (const id of wanted) if (!ids.has(id)) faults.push(`There is no resource ${id}.`);
  return faults;
}
