/** A failure in words a person can act on: two short sentences, without blame and without terms of the trade. */
export interface FailureText {
  readonly happened: string;
  readonly todo: string;
}
