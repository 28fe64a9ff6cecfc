import {
  type CameFile,
  type ClientOf,
  declaredName,
  type EarlyFact,
  type FlowEvent,
  type Organisation,
  type OwnEvent,
  type RecordRef,
  type RoleOf,
  type RunContext,
  type RunFilter,
  STEP_ITEM,
  type StepDeclaration,
  type Write,
} from '../core/flow.ts';
import type { Label } from '../core/label.ts';
import type { StepRow } from '../store/steps.ts';
import type { CrashPoints } from './crash-point.ts';
import type { StepRecorder } from './step-recorder.ts';

interface ContextParts<Settings> {
  readonly runId: string;
  readonly event: FlowEvent;
  readonly settings: Settings;
  readonly organisation: Organisation;
  readonly declared: Readonly<Record<string, StepDeclaration>>;
  readonly recorder: StepRecorder;
  readonly client: ClientOf;
  readonly role: RoleOf;
  readonly exclusively: <T>(key: string, work: () => Promise<T>) => Promise<T>;
  readonly once: (identity: string) => Promise<boolean>;
  readonly onceForAll: (identity: string) => Promise<boolean>;
  readonly files: () => Promise<readonly CameFile[]>;
  readonly file: (id: string) => Promise<Uint8Array | null>;
  readonly linked: (leftId: string) => Promise<string | null>;
  readonly linkedElsewhere: (leftId: string) => Promise<readonly string[]>;
  readonly link: (leftId: string, rightId: string) => Promise<void>;
  readonly keep: (fact: EarlyFact) => Promise<void>;
  readonly kept: (subjects: readonly string[]) => Promise<readonly EarlyFact[]>;
  readonly forget: (facts: readonly EarlyFact[]) => Promise<void>;
  readonly about: (record: RecordRef) => Promise<void>;
  readonly beginRuns: (events: readonly OwnEvent[]) => Promise<void>;
  readonly isOn: () => Promise<boolean>;
  readonly topics: () => Promise<readonly string[]>;
  readonly filter: RunFilter | null;
  readonly label: (label: Label) => void;
  readonly crash: CrashPoints;
}

/** What is stored is what is handed on, so that a run taken up again computes with the very same values. */
const asStored = <T>(value: T): T => (value === undefined ? null : JSON.parse(JSON.stringify(value))) as T;

/** The vendor may hold something that an earlier attempt of this write made. */
const leftInDoubt = (earlier: StepRow | undefined): boolean =>
  earlier !== undefined && (earlier.state === 'sending' || earlier.error?.mayHaveHappened === true);

/** Builds what a flow's `run` is handed: durable reads and writes over one run's recorder. */
export function runContext<Settings>(
  parts: ContextParts<Settings>,
  item: string | null = null,
): RunContext<Settings, string> {
  const { recorder, declared, crash } = parts;
  const storedName = (name: string): string => (item === null ? name : `${name}${STEP_ITEM}${item}`);

  const declaration = (name: string): StepDeclaration => {
    const found = declared[declaredName(name)];
    if (found === undefined) throw new Error(`step ${name} is not declared`);
    return found;
  };

  return {
    event: parts.event,
    settings: parts.settings,
    organisation: parts.organisation,
    client: parts.client,
    role: parts.role,
    exclusively: parts.exclusively,
    once: parts.once,
    onceForAll: parts.onceForAll,
    files: parts.files,
    file: parts.file,
    linked: parts.linked,
    linkedElsewhere: parts.linkedElsewhere,
    link: parts.link,
    forItem: (other) => runContext(parts, other),
    keep: parts.keep,
    kept: parts.kept,
    forget: parts.forget,
    about: parts.about,
    beginRuns: parts.beginRuns,
    isOn: parts.isOn,
    topics: parts.topics,
    filter: parts.filter,
    label: parts.label,

    async read<T>(step: string, fetch: () => Promise<T>): Promise<T> {
      const name = storedName(step);
      if (declaration(name).effect !== 'read') throw new Error(`step ${name} is declared as a write`);
      const { earlier, position } = recorder.begin(name);
      if (earlier?.state === 'done') return earlier.output as T;
      return recorder.attempt({ name, position, marker: null, earlier }, async (commit) => {
        const output = asStored(await fetch());
        await commit('done', output);
        return output;
      });
    },

    async write<T>(step: string, write: Write<T>): Promise<T> {
      const name = storedName(step);
      const { effect } = declaration(name);
      if (effect === 'read') throw new Error(`step ${name} is declared as a read`);
      const { earlier, position } = recorder.begin(name);
      if (earlier?.state === 'done') return earlier.output as T;
      const marker = `liaison:${parts.runId}:${name}`;
      return recorder.attempt({ name, position, marker, earlier }, async (commit) => {
        const isInDoubt = leftInDoubt(earlier);
        if (effect === 'lookup') {
          if (write.find === undefined)
            throw new Error(`step ${name} is recognised by lookup but cannot look`);
          if (write.findFirst === true || isInDoubt) {
            const found = asStored(await write.find(marker));
            if (found !== null) {
              await commit('done', found, true, isInDoubt ? write.tells?.(found as T, true) : null);
              return found as T;
            }
          }
        }
        // From here on the vendor may hold the record: whoever takes the run up next must look first, or at least know
        // that it may be what this attempt made.
        if (effect === 'lookup' || write.tells !== undefined) {
          await commit('sending');
          crash('after-intent-commit');
        }
        const output = asStored(await write.send(marker));
        crash('after-vendor-write');
        await commit('done', output, false, write.tells?.(output, isInDoubt));
        crash('after-result-commit');
        return output;
      });
    },
  };
}
