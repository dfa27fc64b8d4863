/** Names of members whose value is a secret, or may be. Better one word too many. */
const secretName =
  /secret|password|passwd|pwd|token|credential|authorization|signature|signing|private|cookie|header|connectionstring|key$/i;
/** `credentialId` says which credential was meant; an id opens nothing. */
const idName = /Ids?$/;

/** Whether what stands under this name must not be shown, logged or kept. */
export function looksSecret(name: string): boolean {
  return secretName.test(name) && !idName.test(name);
}
