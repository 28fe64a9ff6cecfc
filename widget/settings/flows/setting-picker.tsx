import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Button, ComboBox, Input, Label, ListBox, ListBoxItem, Popover } from 'react-aria-components';
import '../../styles/sync/field-choice.css';
import { useSpeech } from '../../language/language.tsx';
import { settingOffers } from './flow-queries.ts';

interface SettingPickerProps {
  readonly flow: string;
  readonly name: string;
  readonly title: string;
  /** What holds where nothing is chosen. */
  readonly placeholder?: string | null;
  readonly value: string;
  /** The form's other values: what is offered may depend on them. */
  readonly form: Readonly<Record<string, unknown>>;
  readonly disabled: boolean;
  readonly refused: boolean;
  readonly describedBy: string;
  /** The form is open: what is set is shown by its name. Absent: what there is is asked for once somebody comes to choose. */
  readonly shown?: boolean;
  readonly onChange: (value: string) => void;
}

/** One of what the vendor offers now; what is typed or pasted is taken as well, and the server checks it. */
export function SettingPicker(props: SettingPickerProps) {
  const { flow, name, title, placeholder, value, form, disabled, refused, describedBy, onChange } = props;
  const shown = props.shown === true && value !== '';
  const { texts, say } = useSpeech();
  const words = texts.flows.offers;
  const [asked, setAsked] = useState(false);
  // What is set is named as the form was at first: no edit beside it gives it another name.
  const [first] = useState(form);
  // Only what was picked here: a selection that came with the offers would close the list under them.
  const [picked, setPicked] = useState<string | null>(null);
  const offered = useQuery({
    ...settingOffers(flow, name, asked ? form : first),
    enabled: (asked || shown) && !disabled,
  });
  const offers = (offered.data?.offers ?? []).map(({ value: own, title: told, titles }) => ({
    value: own,
    title: titles ? say(titles) : told,
  }));
  const titleOf = (one: string): string => offers.find((offer) => offer.value === one)?.title ?? one;
  const empty = (): string => {
    if (offered.data?.problem) return `${words.unknown} ${say(offered.data.problem.sentence)}`;
    if (offered.error) return words.unknown;
    return offered.data ? words.none : words.looking;
  };
  return (
    <ComboBox
      className="field-choice"
      allowsCustomValue
      allowsEmptyCollection
      menuTrigger="focus"
      defaultItems={offers}
      inputValue={titleOf(value)}
      selectedKey={picked}
      onFocus={() => setAsked(true)}
      onInputChange={(text) => {
        // Two things may have one title: what was picked from the list is known by its value.
        if (text === titleOf(value)) return;
        setPicked(null);
        onChange(offers.find(({ title: one }) => one === text)?.value ?? text);
      }}
      onSelectionChange={(key) => {
        if (key === null) return;
        setPicked(String(key));
        onChange(String(key));
      }}
      isDisabled={disabled}
      isInvalid={refused}
      aria-describedby={describedBy}
    >
      <Label>{title}</Label>
      <div className="field-choice-box">
        <Input placeholder={placeholder ?? ''} />
        <Button>▾</Button>
      </div>
      <Popover className="field-menu">
        <ListBox renderEmptyState={() => <p className="quiet">{empty()}</p>}>
          {(offer: (typeof offers)[number]) => (
            <ListBoxItem id={offer.value} textValue={offer.title} className="field-item">
              <span>{offer.title}</span>{' '}
              {offer.title !== offer.value && <span className="quiet">{offer.value}</span>}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}
