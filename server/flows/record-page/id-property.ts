import { notion } from '../../connectors/notion/connector.ts';
import type { DataSource, NotionProperty } from '../../connectors/notion/data-sources.ts';
import { LiaisonError } from '../../core/errors.ts';
import { said } from './sentences.ts';
import type { Context } from './steps.ts';

const subjectOf = (source: string): string => `id property ${source}`;
const KEY = 'id';

/**
 * The property that holds records' ids: the one that was used before, whatever it is called by now, else the one of the
 * chosen name, else one that is made.
 */
export async function keyProperty(
  { client, settings, write, keep, kept }: Pick<Context, 'client' | 'settings' | 'write' | 'keep' | 'kept'>,
  { id: source, properties }: DataSource,
): Promise<Pick<NotionProperty, 'id' | 'name'>> {
  const wanted = settings.idProperty;
  const subject = subjectOf(source);
  const [before] = await kept([subject]);
  const used = before?.fact as { readonly id: string; readonly wanted: string } | undefined;
  const isUsed = ({ id, type }: NotionProperty): boolean =>
    used?.wanted === wanted && id === used.id && type === 'rich_text';
  const found = properties.find(isUsed) ?? properties.find(({ name }) => name === wanted);
  if (found !== undefined && found.type !== 'rich_text')
    throw new LiaisonError('rejected', { sentence: said.wrongKind(wanted), field: wanted });
  const id = found?.id ?? (await write('property', { send: () => client(notion).addText(source, wanted) }));
  if (used?.id !== id || used.wanted !== wanted) await keep({ subject, key: KEY, fact: { id, wanted } });
  return { id, name: found?.name ?? wanted };
}
