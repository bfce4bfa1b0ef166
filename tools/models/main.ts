import { parseArgs } from "node:util";
import { ModelError } from "./errors.ts";
import { prepareModels } from "./prepare.ts";

const USAGE = `Puts the model files into models/derived/.

  npx tsx tools/models/main.ts             build what is missing
  npx tsx tools/models/main.ts --rebuild   build everything anew and check it against models/manifest.json
  npx tsx tools/models/main.ts --update    build everything anew and rewrite the manifest and the golden vectors
`;

const { values } = parseArgs({
  options: { rebuild: { type: "boolean" }, update: { type: "boolean" }, help: { type: "boolean" } },
});

if (values.help === true) {
  process.stdout.write(USAGE);
} else {
  try {
    const build = values.update === true ? "update" : values.rebuild === true ? "always" : "if-needed";
    const built = await prepareModels({ build, log: (line) => process.stdout.write(`models: ${line}\n`) });
    process.stdout.write(built ? "models: ready\n" : "models: in place\n");
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}
