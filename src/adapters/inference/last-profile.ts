import type { RecogniserProfile } from "../../domain/biometrics/types.ts";

const STORAGE_KEY = "clockface-profile";
const PROFILES: readonly string[] = ["accurate", "clear"] satisfies readonly RecogniserProfile[];

type Shelf = Pick<Storage, "getItem" | "setItem">;

/** Which models the last recogniser that came to be ready ran with: known before the store is open. Null when none ever did. */
export function rememberedProfile(shelf: Shelf): RecogniserProfile | null {
  try {
    const kept = shelf.getItem(STORAGE_KEY) ?? "";
    return PROFILES.includes(kept) ? (kept as RecogniserProfile) : null;
  } catch {
    return null;
  }
}

export function rememberProfile(shelf: Shelf, profile: RecogniserProfile): void {
  try {
    shelf.setItem(STORAGE_KEY, profile);
  } catch {
    // No room or no permission: the next start loads its models later.
  }
}
