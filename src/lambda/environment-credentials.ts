/**
 * The function's own credentials. Lambda puts them into the environment, and so does `serverless invoke local`.
 *
 * @throws Error if they are not there
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
 */
export function environmentCredentials() {
  const {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
  } = process.env;
  if (!accessKeyId || !secretAccessKey) {
    const words = 'the environment has no AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY';
    return Promise.reject(Object.assign(new Error(words), { name: 'CredentialsProviderError' }));
  }
  return Promise.resolve({ accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) });
}

/**
 * Replaces the SDK's whole chain of credential providers in the function's bundle: profiles, single sign-on, containers
 * and machines are of no use there, and are an eighth of the bytes.
 */
export function defaultProvider() {
  return environmentCredentials;
}
