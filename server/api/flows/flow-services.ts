import type { Group } from '../../core/filter/filter.ts';
import type {
  ChangedFlow,
  FilterCountAnswer,
  FilterCountWish,
  FilterFieldsAnswer,
  Flow,
  FlowPreviewAnswer,
  IntegrationChange,
  IntegrationHistory,
  SettingOffers,
} from '../contract.ts';

/** Integrations of automations, and their settings. Null: there is no such integration, or no such thing of it. */
export interface FlowServices {
  listFlows(organisationId: string): Promise<readonly Flow[]>;
  getFlow(organisationId: string, id: string): Promise<Flow | null>;
  /**
   * Settings that the flow's own schema refuses: let `parse('body', flow.settings, …)` throw. Settings that
   * name what a vendor has not are refused with a `Problem` by field.
   */
  setFlow(
    organisationId: string,
    id: string,
    change: Pick<
      IntegrationChange,
      'enabled' | 'settings' | 'basedOn' | 'filterTakes' | 'filterBasedOn' | 'unfinished'
    > & {
      readonly filter?: Group | null | undefined;
    },
  ): Promise<ChangedFlow | null>;
  /** @param form JSON of settings that are not saved yet; what it leaves out is taken as stored. */
  listSettingOffers(
    organisationId: string,
    id: string,
    setting: string,
    form: string | undefined,
  ): Promise<SettingOffers | null>;
  /** @param form JSON of settings that are not saved yet. */
  listFilterFields(
    organisationId: string,
    id: string,
    form: string | undefined,
  ): Promise<FilterFieldsAnswer | null>;
  countFiltered(organisationId: string, id: string, wish: FilterCountWish): Promise<FilterCountAnswer | null>;
  /** Of an integration that is not made yet. */
  countFilteredOfFlow(
    organisationId: string,
    flow: string,
    wish: FilterCountWish,
    asker: string | null,
  ): Promise<FilterCountAnswer | null>;
  integrationHistory(organisationId: string, id: string): Promise<IntegrationHistory | null>;
  /** @param form settings that are not saved yet; what it leaves out is taken as stored. */
  previewFlow(
    organisationId: string,
    id: string,
    form: Record<string, unknown>,
  ): Promise<FlowPreviewAnswer | null>;
}
