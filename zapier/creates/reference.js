/** What makes a repeated step have no second effect. */
const REFERENCE = {
  key: 'reference',
  label: 'Reference',
  helpText:
    'Something that is the same when Zapier repeats this very step, and different otherwise: the ID of what began the Zap. With the same reference Liaison does nothing twice.',
  required: false,
};

/** As a digest: a reference is of any length, and holds signs that no header may. */
const onceBy = (z, { inputData: { reference } }) =>
  reference ? { 'idempotency-key': `zapier ${z.hash('sha256', String(reference), 'hex', 'utf8')}` } : {};

const integrationFrom = (list, helpText) => ({
  key: 'integration',
  label: 'Integration',
  helpText,
  dynamic: `${list}.id.title`,
  required: true,
});

module.exports = { REFERENCE, onceBy, integrationFrom };
