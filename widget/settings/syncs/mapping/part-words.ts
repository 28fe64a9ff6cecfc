import type { SyncDetail, SyncFields } from '../../../../server/api/contract.ts';
import type { Side } from '../../../../server/core/sync/mapping.ts';
import { useSpeech } from '../../../language/language.tsx';
import { useSideName } from '../field-names.ts';
import type { Draft, Row } from './mapping-draft.ts';
import { spanText } from './rhythm.tsx';

interface PartWords {
  /** What people call a part of the settings. */
  title(name: string): string;
  value(name: string, value: unknown): string;
}

/** The parts of a sync's settings in words, as the form itself calls them. */
export function usePartWords(sync: SyncDetail, offered: SyncFields | undefined): PartWords {
  const { texts, say, formats } = useSpeech();
  const words = texts.syncs.mapping;
  const sideName = useSideName(sync);
  const fieldName = (side: Side, id: string): string => {
    const found = offered?.[side].fields?.find((field) => field.id === id);
    return found === undefined ? id : say(found.titles);
  };
  const option = (side: Side, id: string) => offered?.[side].options.find((one) => one.id === id);
  const rowText = ({ right, direction, master, blank }: Row): string =>
    [
      fieldName('right', right),
      {
        both: words.both,
        'to-right': words.toRight(sideName('right')),
        'to-left': words.toLeft(sideName('left')),
      }[direction],
      `${words.master} ${sideName(master)}`,
      `${words.blank} ${words.blanks[blank]}`,
    ].join(' · ');
  const yesOrNo = (value: boolean) => texts.syncs.value[value ? 'yes' : 'no'];

  return {
    title(name) {
      const [kind, side, id = ''] = name.split(' ', 3) as [string, Side, string?];
      switch (kind) {
        case 'row':
          return fieldName('left', name.slice('row '.length).replace(/#\d+$/, '')) || words.chooseField;
        case 'matchBy':
          return words.match;
        case 'create':
          return words.create(sideName(side));
        case 'remove':
          return `${words.deletions} ${words.deleteIn(sideName(side))}`;
        case 'option': {
          const found = option(side, id);
          return found === undefined ? id : say(found.titles);
        }
        case 'everySeconds':
          return words.every;
        case 'sweepHours':
          return words.sweep;
        default:
          return words.brake;
      }
    },
    value(name, value) {
      if (value === undefined) return texts.drafts.removed;
      const [kind, side, id = ''] = name.split(' ', 3) as [string, Side, string?];
      switch (kind) {
        case 'row':
          return rowText(value as Row);
        case 'matchBy':
          return (value as Draft['matchBy'])
            .map((key) => key.map((field) => fieldName('left', field)).join(' + '))
            .join(', ');
        case 'remove':
          return words.policies[value as 'keep' | 'delete'];
        case 'everySeconds':
          return spanText(Number(value), words);
        case 'sweepHours':
          return spanText(Number(value) * 3_600, words);
        case 'brake': {
          const { records, percent } = value as Draft['brake'];
          return `${words.brakeRecords} ${formats.number(records)} · ${words.brakePercent} ${percent}`;
        }
        default: {
          if (typeof value === 'boolean') return yesOrNo(value);
          const choice = option(side, id)?.choices?.find((one) => one.id === value);
          return choice === undefined ? String(value) : say(choice.titles);
        }
      }
    },
  };
}
