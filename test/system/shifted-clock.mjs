// Preloaded into a server: its clock is wrong by SHIFT_MS, as a machine's is whose time nobody sets.
import process from 'node:process';

const shift = Number(process.env.SHIFT_MS);
const Real = Date;

globalThis.Date = class extends Real {
  constructor(...given) {
    if (given.length === 0) super(Real.now() + shift);
    else super(...given);
  }

  static now() {
    return Real.now() + shift;
  }
};
