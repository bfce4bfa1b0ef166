interface TrustedTypesLike {
  createPolicy(name: string, rules: { readonly createScriptURL: (url: string) => string }): unknown;
}

/**
 * Lets workers of this origin start where the page's policy asks for Trusted Types, and nothing else: text that is to
 * become HTML or script stays forbidden. Call it before the first worker; in browsers without Trusted Types it does nothing.
 */
export function trustOwnScripts(): void {
  const { trustedTypes } = globalThis as { readonly trustedTypes?: TrustedTypesLike };
  trustedTypes?.createPolicy("default", {
    createScriptURL: (url) => {
      if (new URL(url, location.href).origin !== location.origin) throw new TypeError("scripts come from this origin only");
      return url;
    },
  });
}
