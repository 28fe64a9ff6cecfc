const { SERVER, TOKEN_PATH } = require('./addresses');

const CLIENT = {
  client_id: '{{process.env.CLIENT_ID}}',
  client_secret: '{{process.env.CLIENT_SECRET}}',
};
const form = (body) => ({
  url: `${SERVER}${TOKEN_PATH}`,
  method: 'POST',
  headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
  body: { ...CLIENT, ...body },
});

/** OAuth 2 at Liaison's own server. Zapier makes the verifier, and adds the challenge to the address itself (PKCE). */
const authentication = {
  type: 'oauth2',
  oauth2Config: {
    authorizeUrl: {
      url: `${SERVER}/oauth/authorize`,
      params: {
        client_id: CLIENT.client_id,
        state: '{{bundle.inputData.state}}',
        redirect_uri: '{{bundle.inputData.redirect_uri}}',
        response_type: 'code',
      },
    },
    scope: 'read write hooks',
    enablePkce: true,
    getAccessToken: form({
      grant_type: 'authorization_code',
      code: '{{bundle.inputData.code}}',
      redirect_uri: '{{bundle.inputData.redirect_uri}}',
      code_verifier: '{{bundle.inputData.code_verifier}}',
    }),
    // Good once: what comes back takes its place.
    refreshAccessToken: form({
      grant_type: 'refresh_token',
      refresh_token: '{{bundle.authData.refresh_token}}',
    }),
    autoRefresh: true,
  },
  test: { url: `${SERVER}/api/v1/me` },
  connectionLabel: '{{organisation.name}} ({{user.name}})',
};

module.exports = { authentication };
