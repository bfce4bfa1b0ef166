import { msg, str } from "@lit/localize";

/** Two sentences on one line, with the language's own full stop between them. `first` comes without one. */
export function sentences(first: string, second: string): string {
  return msg(str`${first}. ${second}`, { id: "common.sentences" });
}
