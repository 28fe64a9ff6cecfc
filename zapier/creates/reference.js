/** What makes a repeated step have no second effect. */
const REFERENCE = {
  key: 'reference',
  label: 'Reference',
  helpText:
    'Something that is the same when Zapier repeats this very step, and different otherwise: the ID of what began the Zap. With the same reference Liaison does nothing twice.',
  required: false,
};

const onceBy = (bundle) =>
  bundle.inputData.reference ? { 'idempotency-key': `zapier ${bundle.inputData.reference}` } : {};

const integrationFrom = (list, helpText) => ({
  key: 'integration',
  label: 'Integration',
  helpText,
  dynamic: `${list}.id.title`,
  required: true,
});

module.exports = { REFERENCE, onceBy, integrationFrom };
