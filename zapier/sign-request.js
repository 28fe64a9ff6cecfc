const { TOKEN_PATH } = require('./addresses');

/** Every request in the name of who connected, but those for tokens: a dead one would go along with them. */
const signRequest = (request, _z, bundle) => {
  const token = bundle.authData?.access_token;
  const isForTokens = request.url.split('?')[0].endsWith(TOKEN_PATH);
  const headers = { 'accept-language': 'en', ...request.headers };
  if (token && !isForTokens) headers.authorization = `Bearer ${token}`;
  return { ...request, headers };
};

module.exports = { signRequest };
