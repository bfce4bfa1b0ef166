/** Bytes of a key that came to be on the page, base64. */
export interface TappedKey {
  /** `kept`: an AES key that was made not to be read out. `passing`: one whose bytes the page itself had. `private`: half of a pair. */
  readonly kind: "kept" | "passing" | "private";
  readonly bytes: string;
}

/** Notes the bytes of keys that nobody can read out, so that the disk can be searched for them: the key that is used is the same. */
export function tapKeys(): readonly TappedKey[] {
  const tapped: TappedKey[] = [];
  const { subtle } = crypto;
  const [generate, take] = [subtle.generateKey.bind(subtle), subtle.importKey.bind(subtle)] as const;
  const note = (kind: TappedKey["kind"], bytes: ArrayBuffer): void => void tapped.push({ kind, bytes: btoa(String.fromCharCode(...new Uint8Array(bytes))) });

  subtle.generateKey = (async (algorithm: AesKeyGenParams, extractable: boolean, usages: KeyUsage[]) => {
    const made = (await generate(algorithm, true, usages)) as CryptoKey | CryptoKeyPair;
    if ("privateKey" in made) {
      const bytes = await subtle.exportKey("pkcs8", made.privateKey);
      // The secret itself is at the end of what it is wrapped in.
      note("private", bytes.slice(-32));
      return { publicKey: made.publicKey, privateKey: extractable ? made.privateKey : await take("pkcs8", bytes, algorithm, false, made.privateKey.usages) };
    }
    const bytes = await subtle.exportKey("raw", made);
    note("kept", bytes);
    return extractable ? made : take("raw", bytes, algorithm, false, usages);
  }) as SubtleCrypto["generateKey"];

  subtle.importKey = (async (format: "raw" | "pkcs8" | "spki", bytes: Uint8Array<ArrayBuffer>, algorithm: AlgorithmIdentifier, extractable: boolean, usages: KeyUsage[]) => {
    const called = typeof algorithm === "string" ? algorithm : algorithm.name;
    if (format === "raw" && called === "AES-GCM") note("passing", new Uint8Array(bytes).slice().buffer);
    return take(format, bytes, algorithm, extractable, usages);
  }) as SubtleCrypto["importKey"];
  return tapped;
}
