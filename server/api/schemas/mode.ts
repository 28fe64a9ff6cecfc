import { z } from 'zod';
import { sentence } from './words.ts';

const need = z.object({
  id: z.string(),
  titles: sentence.describe('What it is, in words.'),
  variables: z.array(z.string()).describe('The variables that hold it, where the server runs.'),
  required: z.boolean(),
  state: z.enum(['ready', 'missing', 'wrong']),
  sentence: sentence.describe('What it is for, or what is wrong with it.'),
});

export const modeView = z.object({
  mode: z.enum(['sandbox', 'production']),
  needs: z.array(need).describe('What production needs, and whether this server has it. No value is told.'),
  possible: z.boolean().describe('Whether the sandbox can be left now.'),
  hindrance: sentence.nullable().describe('Why not.'),
});

export const modeSwitch = z.object({
  mode: z.literal('production'),
  confirm: z.literal('production').describe('Written by the person who decides it.'),
});

export const modeSwitched = z.object({
  restarting: z.literal(true).describe('It stops, and answers again in production.'),
});
