/** Where Liaison is reached, as `zapier env:set <version> LIAISON_URL=https://liaison.example.com` says. */
const SERVER = '{{process.env.LIAISON_URL}}';

/**
 * Of a request that a function makes. Zapier fills `{{…}}` in only in requests that are declared as data, and refuses it
 * in others, so that nobody's text can have an environment variable read; the environment is read when it is called.
 */
const api = (path) => `${process.env.LIAISON_URL}/api/v1${path}`;

module.exports = {
  SERVER,
  TOKEN_PATH: '/oauth/token',
  api,
};
