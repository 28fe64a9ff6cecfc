/** Where Liaison is reached, as `zapier env:set <version> LIAISON_URL=https://liaison.example.com` says. */
const SERVER = '{{process.env.LIAISON_URL}}';

module.exports = {
  SERVER,
  API: `${SERVER}/api/v1`,
  TOKEN_PATH: '/oauth/token',
};
