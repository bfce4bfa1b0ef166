import { Aes128Gcm, CipherSuite, HkdfSha256 } from "@hpke/core";
import { DhkemX25519HkdfSha256 } from "@hpke/dhkem-x25519";

type Bytes = Uint8Array<ArrayBuffer>;

export const bytesOf = (hex: string): Bytes => Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16));
const hexOf = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

/** RFC 9180, appendix A.1.1: base mode, X25519, HKDF-SHA256, AES-128-GCM, the first two messages. */
const HPKE = {
  info: "4f6465206f6e2061204772656369616e2055726e",
  enc: "37fda3567bdbd628e88668c3c8d7e97d1d1253b6d4ea6d44c150f741f1bf4431",
  recipientKey: "4612c550263fc8ad58375df3f557aac531d26850903e55a9f23f21d8534e8ac8",
  plain: "4265617574792069732074727574682c20747275746820626561757479",
  messages: [
    { aad: "436f756e742d30", sealed: "f938558b5d72f1a23810b4be2ab4f84331acc02fc97babc53a52ae8218a355a96d8770ac83d07bea87e13c512a" },
    { aad: "436f756e742d31", sealed: "af2d7e9ac9ae7e270f46ba1f975be53c09f8d875bdc8535458c2494e8a6eab251c03d0c22a56b8ca42c2063b84" },
  ],
} as const;

/** What each message of RFC 9180 opens to, in hexadecimal. */
export async function hpkeAnswers(): Promise<readonly string[]> {
  const suite = new CipherSuite({ kem: new DhkemX25519HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes128Gcm() });
  const recipientKey = await suite.kem.deserializePrivateKey(bytesOf(HPKE.recipientKey).buffer);
  const recipient = await suite.createRecipientContext({ recipientKey, enc: bytesOf(HPKE.enc).buffer, info: bytesOf(HPKE.info) });
  const plain: string[] = [];
  for (const { aad, sealed } of HPKE.messages) plain.push(hexOf(new Uint8Array(await recipient.open(bytesOf(sealed), bytesOf(aad)))));
  return plain;
}

export const HPKE_PLAIN: readonly string[] = HPKE.messages.map(() => HPKE.plain);

/** RFC 8032, section 7.1: tests 1 and 2. */
export const ED25519 = [
  {
    seed: "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
    publicKey: "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
    message: "",
    signature: "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
  },
  {
    seed: "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
    publicKey: "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
    message: "72",
    signature: "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
  },
] as const;

/** What signing and verifying gives for one of them. */
export async function ed25519Answer({ seed, publicKey, message, signature }: (typeof ED25519)[number]): Promise<{ readonly signature: string; readonly verifies: boolean; readonly otherVerifies: boolean }> {
  const pkcs8 = bytesOf(`302e020100300506032b657004220420${seed}`);
  const privateKey = await crypto.subtle.importKey("pkcs8", pkcs8, "Ed25519", false, ["sign"]);
  const verifying = await crypto.subtle.importKey("raw", bytesOf(publicKey), "Ed25519", false, ["verify"]);
  return {
    signature: hexOf(new Uint8Array(await crypto.subtle.sign("Ed25519", privateKey, bytesOf(message)))),
    verifies: await crypto.subtle.verify("Ed25519", verifying, bytesOf(signature), bytesOf(message)),
    otherVerifies: await crypto.subtle.verify("Ed25519", verifying, bytesOf(signature), bytesOf(`${message}00`)),
  };
}
