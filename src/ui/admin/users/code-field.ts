import { msg } from "@lit/localize";
import type { TemplateResult } from "lit";

import { textField } from "../parts/fields.ts";

export const CODE_DIGITS = 6;

/** The six digits of an authenticator app. What else is typed or pasted, such as the space in the middle, is left out. */
export function codeField(field: { readonly value: string; readonly error?: string | undefined; readonly hint?: string; readonly onInput: (code: string) => void }): TemplateResult {
  return textField({
    label: msg("Six-digit code", { id: "admin.code" }),
    name: "code",
    value: field.value,
    inputmode: "numeric",
    autocomplete: "one-time-code",
    maxlength: CODE_DIGITS + 1,
    required: true,
    error: field.error,
    hint: field.hint ?? msg("From the authenticator app on your phone.", { id: "admin.code.hint" }),
    onInput: (text) => field.onInput(digits(text)),
  });
}

export const isCode = (code: string): boolean => code.length === CODE_DIGITS;

/** Digits of any script that phones type, as 0 to 9. */
function digits(text: string): string {
  return text.normalize("NFKC").replace(/\D/g, "").slice(0, CODE_DIGITS);
}
