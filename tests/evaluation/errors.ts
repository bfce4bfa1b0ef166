/** What the person who started the evaluation can put right; shown without a stack. */
export class EvaluationError extends Error {
  override readonly name = "EvaluationError";
}
