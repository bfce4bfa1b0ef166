import type { str } from "@lit/localize";
import type { TemplateResult } from "lit";

/** Texts by message id. A value stands as `${0}`, `${1}`: its position in the English template. */
export type TemplateMap = Record<string, string | ReturnType<typeof str> | TemplateResult>;
