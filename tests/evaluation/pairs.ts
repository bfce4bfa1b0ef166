import { EvaluationError } from "./errors.ts";

/** One picture of one person: the number is the one in the picture's name. */
export interface PairSide {
  readonly name: string;
  readonly number: number;
}

export interface Pair {
  readonly one: PairSide;
  readonly other: PairSide;
  readonly same: boolean;
}

/** A file that says one number alone is cut into this many folds. */
const FOLDS = 10;

/**
 * Reads the pairs format of Labeled Faces in the Wild. Its first line is `folds pairs`, followed for each fold by as many
 * lines of the same person (`name i j`) and then of different ones (`name i name j`), or one number for a single set of both.
 *
 * @returns the folds
 * @throws EvaluationError naming the line that does not fit
 */
export function readPairs(text: string): readonly (readonly Pair[])[] {
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  while (lines.at(-1) === "") lines.pop();
  const numbers = (lines[0] ?? "").split(/\s+/).map(Number);
  if (numbers.length > 2 || !numbers.every((number) => Number.isInteger(number) && number > 0)) throw new EvaluationError("pairs, line 1: the numbers of folds and of pairs are expected");
  const [folds, each] = numbers.length === 2 ? [numbers[0] ?? 0, numbers[1] ?? 0] : [1, numbers[0] ?? 0];
  const expected = folds * each * 2;
  if (lines.length - 1 !== expected) throw new EvaluationError(`pairs: line 1 asks for ${String(expected)} pairs, there are ${String(lines.length - 1)}`);
  const pairs = lines.slice(1).map((line, index) => readPair(line, index + 2, Math.floor(index / each) % 2 === 0));
  const sets = Array.from({ length: folds }, (_, fold) => pairs.slice(fold * 2 * each, (fold + 1) * 2 * each));
  const [only] = sets;
  return folds === 1 && only ? cut(only, each) : sets;
}

function readPair(line: string, number: number, same: boolean): Pair {
  const parts = line.split(/\s+/);
  const wrong = new EvaluationError(`pairs, line ${String(number)}: ${same ? "name i j" : "name i name j"} is expected`);
  if (parts.length !== (same ? 3 : 4)) throw wrong;
  const [name = "", first = "", third = "", last = ""] = parts;
  const sides = same ? [side(name, first), side(name, third)] : [side(name, first), side(third, last)];
  const [one, other] = sides;
  if (!one || !other) throw wrong;
  return { one, other, same };
}

function side(name: string, text: string): PairSide | null {
  const number = Number(text);
  return Number.isInteger(number) && number > 0 ? { name, number } : null;
}

/** A single set as folds, each with as many pairs of the same person as of different ones. */
function cut(pairs: readonly Pair[], each: number): readonly (readonly Pair[])[] {
  const folds = Math.min(FOLDS, each);
  return Array.from({ length: folds }, (_, fold) => pairs.filter((_pair, index) => (index % each) % folds === fold));
}
