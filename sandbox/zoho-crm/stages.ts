import type { Table, VendorDesk } from '../core/simulator.ts';

/** Deal stages as Zoho ships them, with their probability in percent. */
export const STAGES: Readonly<Record<string, number>> = {
  Qualification: 10,
  'Needs Analysis': 20,
  'Value Proposition': 40,
  'Id. Decision Makers': 60,
  'Proposal/Price Quote': 75,
  'Negotiation/Review': 90,
  'Closed Won': 100,
  'Closed Lost': 0,
  'Closed Lost to Competition': 0,
};

/** One value of the pick list, with an id that a new name does not change. */
export interface Stage {
  readonly id: string;
  readonly value: string;
  /** Percent. */
  readonly probability: number;
}

/** What an admin made of the stages: null stands for one that was taken away. A setting: it survives a reset. */
interface StageChange {
  readonly stage: Stage | null;
}

const IDS = '487687600000800';
const MOST_STAGES = 50;
const SHIPPED: readonly Stage[] = Object.entries(STAGES).map(([value, probability], index) => ({
  id: `${IDS}${String(index).padStart(4, '0')}`,
  value,
  probability,
}));

const changesOf = (desk: VendorDesk): Table<StageChange> => desk.table('deal-stages', { kept: true });

/** The organisation's stages, in order. */
export function stagesOf(desk: VendorDesk): Stage[] {
  const changes = changesOf(desk);
  const shipped = SHIPPED.map((one) => changes.get(one.id)?.stage ?? (changes.get(one.id) ? null : one));
  const added = changes
    .all()
    .flatMap(({ stage }) => (stage !== null && !SHIPPED.some(({ id }) => id === stage.id) ? [stage] : []));
  return [...shipped.filter((one) => one !== null), ...added];
}

/** Percent; null for a stage that the organisation has not. */
export const probabilityOf = (desk: VendorDesk, value: unknown): number | null =>
  stagesOf(desk).find((one) => one.value === value)?.probability ?? null;

/** The name that the shipped stage with this name goes by now; itself where it is no more. */
export function stageNamed(desk: VendorDesk, shipped: string): string {
  const id = SHIPPED.find(({ value }) => value === shipped)?.id;
  return stagesOf(desk).find((one) => one.id === id)?.value ?? shipped;
}

export const renameStage = (desk: VendorDesk, stage: Stage, value: string): void =>
  void changesOf(desk).put(stage.id, { stage: { ...stage, value } });

export const removeStage = (desk: VendorDesk, { id }: Stage): void =>
  void changesOf(desk).put(id, { stage: null });

/** @returns false where there are too many already. */
export function addStage(desk: VendorDesk, value: string, probability: number): boolean {
  if (stagesOf(desk).length >= MOST_STAGES) return false;
  const id = desk.digits('487687600000801', 4);
  changesOf(desk).put(id, { stage: { id, value, probability } });
  return true;
}
