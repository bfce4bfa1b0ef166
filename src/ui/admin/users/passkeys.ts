/** Whether it makes sense to offer passkeys: browsers know them on secure pages with a name, not on bare addresses of numbers. */
export function passkeysPossible(): boolean {
  return "PublicKeyCredential" in globalThis && isSecureContext && !/^[\d.]+$|:/.test(location.hostname);
}
