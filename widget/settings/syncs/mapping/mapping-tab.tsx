import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { SyncDetail, SyncSettingsChange } from '../../../../server/api/contract.ts';
import { call } from '../../../api/client.ts';
import { useSpeech } from '../../../language/language.tsx';
import { ProblemNotice, problemWords } from '../../../pieces/problem-notice.tsx';
import { savedMeanwhile } from '../../drafts/changed-meanwhile.ts';
import { MeanwhileNotice } from '../../drafts/meanwhile-notice.tsx';
import { useDraft } from '../../drafts/use-draft.ts';
import { useUnsaved } from '../../leaving/unsaved.ts';
import { useIsAdmin } from '../../me.tsx';
import { FailureWords } from '../failure-words.tsx';
import { useSideName } from '../field-names.ts';
import { Stopped } from '../stopped.tsx';
import { SYNC_KEYS } from '../sync-keys.ts';
import { demandSync, syncFields } from '../sync-queries.ts';
import { useSyncAction } from '../use-sync-action.ts';
import { draftFrom, partsOf } from './draft-parts.ts';
import { hindranceOf } from './hindrance.ts';
import { changeOf, type Draft, draftOf, withNewRow, withoutRow, withRow } from './mapping-draft.ts';
import { MappingRow } from './mapping-row.tsx';
import { MatchKeys } from './match-keys.tsx';
import { NewFields } from './new-fields.tsx';
import { usePartWords } from './part-words.ts';
import { Policies } from './policies.tsx';
import { Rhythm } from './rhythm.tsx';
import { SaveBar } from './save-bar.tsx';
import { SideOptions } from './side-options.tsx';

type SyncSaved = Pick<SyncDetail, 'settings' | 'version'>;

const SIDES = ['left', 'right'] as const;
/** What is refused of these is said beside them. */
const BESIDE = /^rules\.(fields|matchBy|create)\.|^options\.(left|right)\./;

/** Everything an admin can set of a sync. The server has the last word, field by field. */
export default function MappingTab({ sync }: { sync: SyncDetail }) {
  const { texts, say } = useSpeech();
  const admin = useIsAdmin();
  const words = texts.syncs.mapping;
  const sideName = useSideName(sync);
  const queries = useQueryClient();
  const form = useDraft<Draft>(draftOf(sync.settings), partsOf, draftFrom);
  const { draft, contested } = form;
  const change = changeOf(draft, sync.settings);
  /** What somebody else had saved meanwhile, once this form is saved too. */
  const [toldLast, setToldLast] = useState<readonly string[]>([]);
  useUnsaved(change !== null);
  const save = useSyncAction(async ({ basedOn, ...settings }: SyncSettingsChange) =>
    demandSync(await call('setIntegration', { params: { id: sync.id }, body: { settings, basedOn } })),
  );
  // By what is chosen here, saved or not: what is offered for it stays on the page while it is being saved.
  const offered = useQuery({ ...syncFields(sync.id, JSON.stringify(draft.options)), retry: false });
  const partWords = usePartWords(sync, offered.data);
  const edit = (next: Draft) => {
    save.reset();
    setToldLast([]);
    form.edit(next);
  };
  const refused = save.error ? problemWords(save.error, texts).fields : [];
  const refusalsUnder = (path: string): ReadonlyMap<string, string> =>
    new Map(
      refused
        .filter(({ field }) => field.startsWith(`${path}.`))
        .map(({ field, detail }) => [field.slice(path.length + 1), detail]),
    );

  if (offered.error && !offered.data) {
    return <ProblemNotice error={offered.error} retry={() => void offered.refetch()} />;
  }
  if (!offered.data) return <p className="loading">{words.loading}</p>;
  const { left, right } = offered.data;
  const known = left.fields !== null && right.fields !== null;
  const disabled = !admin || save.isPending;
  const mapped = draft.rows
    .filter((row) => row.left !== '')
    .map((row) => {
      const found = left.fields?.find(({ id }) => id === row.left);
      return { id: row.left, name: found ? say(found.titles) : row.left };
    });
  const hindrance = contested.length > 0 ? texts.drafts.chooseFirst : hindranceOf(draft, words);
  const isOther = savedMeanwhile(save.error) !== null;

  function send(body: SyncSettingsChange, on: SyncSaved, told: readonly string[]) {
    save.mutate(
      { ...body, basedOn: on.version },
      {
        onSuccess(saved) {
          queries.setQueryData(SYNC_KEYS.one(sync.id), saved);
          // What was offered for the choices of before is nothing that these offer.
          void queries.invalidateQueries({ queryKey: SYNC_KEYS.fields(sync.id, ''), exact: true });
          form.discard();
          setToldLast(told);
        },
        onError(error) {
          const current = savedMeanwhile<SyncSaved>(error);
          if (current === null) return;
          queries.setQueryData(SYNC_KEYS.one(sync.id), (held: SyncDetail | undefined) =>
            held ? { ...held, ...current } : undefined,
          );
          const next = form.over(draftOf(current.settings));
          const rest = changeOf(next.draft, current.settings);
          if (next.contested.length === 0 && rest !== null) send(rest, current, next.told);
        },
      },
    );
  }

  return (
    <form
      className="tab mapping"
      aria-label={texts.syncs.tabs.mapping}
      // The browser's own bubbles speak the browser's language.
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (change !== null && hindrance === null) send(change, sync, form.told);
      }}
    >
      {sync.phase === 'new' && sync.begun && <Stopped sync={sync} />}
      {!admin && <p className="quiet">{words.readOnlyView}</p>}
      {SIDES.map((side) => {
        const { problem } = offered.data[side];
        return problem && <FailureWords key={side} failure={problem} />;
      })}
      {SIDES.map((side) => (
        <SideOptions
          key={side}
          title={sideName(side)}
          options={offered.data[side].options}
          values={draft.options[side]}
          disabled={disabled}
          refusals={refusalsUnder(`options.${side}`)}
          onChange={(values) => edit({ ...draft, options: { ...draft.options, [side]: values } })}
        />
      ))}
      {!known && <p className="quiet">{words.fieldsUnknown}</p>}
      <fieldset className="setting-group">
        <legend>{words.rows}</legend>
        <p className="quiet">{words.intro}</p>
        <div className="mapping-head" aria-hidden="true">
          <span>{sideName('left')}</span>
          <span>{words.direction}</span>
          <span>{sideName('right')}</span>
          <span>{words.master}</span>
          <span>{words.blank}</span>
        </div>
        {draft.rows.map((row, index) => (
          <MappingRow
            key={row.key}
            row={row}
            left={left.fields ?? []}
            right={right.fields ?? []}
            sideName={sideName}
            disabled={disabled || !known}
            refusals={refusalsUnder(`rules.fields.${index}`)}
            onChange={(changed) => edit(withRow(draft, changed))}
            onRemove={() => edit(withoutRow(draft, row.key))}
          />
        ))}
        {draft.rows.length === 0 && <p>{words.noRows}</p>}
        {!disabled && known && (
          <button type="button" className="small" onClick={() => edit(withNewRow(draft))}>
            {words.add}
          </button>
        )}
        {!disabled && known && (
          <NewFields
            syncId={sync.id}
            draft={draft}
            offered={offered.data}
            sideName={sideName}
            onChange={edit}
          />
        )}
      </fieldset>
      <MatchKeys
        matchBy={draft.matchBy}
        fields={mapped}
        disabled={disabled || !known}
        refusals={refusalsUnder('rules.matchBy')}
        onChange={(matchBy) => edit({ ...draft, matchBy })}
      />
      <Policies
        draft={draft}
        sideName={sideName}
        disabled={disabled || !known}
        refusals={refusalsUnder('rules.create')}
        onChange={edit}
      />
      <Rhythm draft={draft} disabled={disabled} onChange={edit} />
      <MeanwhileNotice
        told={change !== null ? form.told : toldLast}
        contested={contested}
        titleOf={partWords.title}
        mine={(name) => partWords.value(name, partsOf(draft).get(name))}
        saved={(name) => partWords.value(name, partsOf(draftOf(sync.settings)).get(name))}
        choose={form.choose}
      />
      {save.error &&
        !isOther &&
        (refused.length === 0 ? (
          <ProblemNotice error={save.error} />
        ) : (
          <div className="wrong" role="alert">
            <p>{words.refused}</p>
            {refused
              .filter(({ field }) => !BESIDE.test(field))
              .map(({ field, detail }) => (
                <p key={field}>{detail}</p>
              ))}
          </div>
        ))}
      {admin && (
        <SaveBar
          sync={sync}
          change={change}
          hindrance={hindrance}
          saving={save.isPending}
          saved={save.isSuccess && change === null}
          onDiscard={() => {
            save.reset();
            form.discard();
          }}
          onDefaults={() => edit(draftOf(sync.defaults))}
        />
      )}
    </form>
  );
}
