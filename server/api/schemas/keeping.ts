import { z } from 'zod';

const days = z
  .int()
  .min(1)
  .max(365)
  .describe(
    'For how many days what was sent and answered can be read; the log’s lines and what events are known by stay for ever.',
  );

export const keeping = z.object({ days });
