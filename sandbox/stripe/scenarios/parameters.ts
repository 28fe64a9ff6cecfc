import { z } from 'zod';

export const payment = z.strictObject({
  email: z.email().optional(),
  amountMinor: z.number().int().positive().max(99_999_999).optional(),
  currency: z
    .string()
    .regex(/^[A-Za-z]{3}$/)
    .optional(),
});

export const refund = z.strictObject({
  charge: z.string().min(1).optional(),
  amountMinor: z.number().int().positive().optional(),
});

export const disputed = z.strictObject({ charge: z.string().min(1).optional() });
