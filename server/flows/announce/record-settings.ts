import { z } from 'zod';
import type { Sentence } from '../../core/sentence.ts';

/** The module of the CRM that a flow is about. @param hints whose records, and of what. */
export const moduleField = (hints: Sentence) =>
  z
    .string()
    .trim()
    .regex(/^[A-Za-z]\w{0,99}$/)
    .default('Deals')
    .meta({ titles: { en: 'Module of the CRM', fr: 'Module du CRM' }, hints, step: 'records' });

/** A stage that deals reach. */
export const stageField = (hints: Sentence) =>
  z
    .string()
    .trim()
    .min(1)
    .max(200)
    .default('Closed Won')
    .meta({ titles: { en: 'Stage', fr: 'Étape' }, hints, step: 'records' });
