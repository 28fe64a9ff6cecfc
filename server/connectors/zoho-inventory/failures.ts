import { financeFailures } from '../families/zoho/finance-failures.ts';

export const VENDOR = 'Zoho Inventory';

export const classify = financeFailures(VENDOR);
