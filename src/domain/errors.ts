/**
 * An expected failure. `kind` is `area/what` and names the text shown to people;
 * `detail` is for the person who repairs it and never holds names, scores tied to a person, or pixels.
 */
export interface Failure<Kind extends string = string> {
  readonly kind: Kind;
  readonly detail?: string;
}

export function failure<Kind extends string>(kind: Kind, detail?: string): Failure<Kind> {
  return detail === undefined ? { kind } : { kind, detail };
}
