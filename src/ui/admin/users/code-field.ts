import { msg } from "@lit/localize";
import type { TemplateResult } from "lit";

import { textField } from "../parts/fields.ts";
import { CODE_DIGITS, codeDigits } from "./code.ts";

/** The six digits of an authenticator app. */
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
    onInput: (text) => field.onInput(codeDigits(text)),
  });
}
