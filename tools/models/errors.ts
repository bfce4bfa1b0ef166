/** Why the model files could not be put in place. The message is for the person who runs the tool. */
export type ModelErrorKind =
  | "models/download-failed"
  | "models/integrity-mismatch"
  | "models/archive-damaged"
  | "models/source-missing"
  | "models/source-unexpected"
  | "models/result-mismatch"
  | "models/not-prepared";

export class ModelError extends Error {
  constructor(
    readonly kind: ModelErrorKind,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = "ModelError";
  }
}
