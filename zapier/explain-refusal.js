/** What Liaison said of it, in its own sentence (RFC 9457), instead of a number. */
function wordsOf({ content, status }) {
  try {
    const { detail, action, fields, vendorMessage, error_description } = JSON.parse(content);
    const named = (fields ?? []).map(({ field, detail: why }) => `${field}: ${why}`);
    const words = [detail ?? error_description, ...named, vendorMessage, action].filter(Boolean);
    if (words.length > 0) return words.join(' ');
  } catch {
    // A proxy's own page.
  }
  return `Liaison answered ${status}.`;
}

/** A 401 stays what it is: by it Zapier renews the token, or asks to connect again. */
const explainRefusal = (response, z) => {
  if (response.status < 400 || response.status === 401 || response.skipThrowForStatus) return response;
  const words = wordsOf(response);
  if (response.status === 429) {
    const seconds = Number(response.getHeader('retry-after'));
    throw new z.errors.ThrottledError(words, Number.isFinite(seconds) && seconds > 0 ? seconds : 60);
  }
  throw new z.errors.Error(words, 'refused', response.status);
};

module.exports = { explainRefusal };
