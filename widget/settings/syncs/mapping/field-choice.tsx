import { Button, ComboBox, Input, ListBox, ListBoxItem, Popover } from 'react-aria-components';
import type { SyncFields } from '../../../../server/api/contract.ts';
import { useSpeech } from '../../../language/language.tsx';

export type OfferedField = NonNullable<SyncFields['left']['fields']>[number];

interface FieldChoiceProps {
  readonly label: string;
  readonly fields: readonly OfferedField[];
  readonly value: string;
  readonly disabled: boolean;
  readonly refused: boolean;
  readonly onChange: (id: string) => void;
}

/** One field out of hundreds: typed a part of its name, or picked from the list. */
export function FieldChoice({ label, fields, value, disabled, refused, onChange }: FieldChoiceProps) {
  const { texts, say } = useSpeech();
  const words = texts.syncs.mapping;
  const known = fields.some(({ id }) => id === value);
  const items = [
    ...fields.map((field) => ({ id: field.id, name: say(field.titles), field })),
    ...(known || value === '' ? [] : [{ id: value, name: `${value} (${words.unknownField})`, field: null }]),
  ];
  return (
    <ComboBox
      className="field-choice"
      aria-label={label}
      defaultItems={items}
      selectedKey={value === '' ? null : value}
      onSelectionChange={(key) => key !== null && key !== value && onChange(String(key))}
      isDisabled={disabled}
      isInvalid={refused || !(known || value === '')}
      menuTrigger="focus"
      allowsEmptyCollection
    >
      <div className="field-choice-box">
        <Input placeholder={words.chooseField} />
        <Button>▾</Button>
      </div>
      <Popover className="field-menu">
        <ListBox renderEmptyState={() => <p className="quiet">{words.noField}</p>}>
          {({ id, name, field }: (typeof items)[number]) => (
            <ListBoxItem key={id} id={id} textValue={name} className="field-item">
              <span>{name}</span>{' '}
              <span className="quiet">
                {id}
                {field?.readOnly && ` · ${words.readOnly}`}
                {field?.required && ` · ${words.required}`}
              </span>
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}
