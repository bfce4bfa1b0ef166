import { isAbsolute, join } from "node:path";
import { parseArgs } from "node:util";

import { renderUnicodeCompact } from "uqr";

import { formatPairingText } from "../src/adapters/sync/pairing-text.ts";
import { DataFolder, HubError } from "./data-folder.ts";
import { startHub } from "./server.ts";
import { issueToken, LONGEST_TOKEN_S } from "./tokens.ts";
import { witnessLines } from "./witness-words.ts";
import { WitnessBook } from "./witness.ts";

const USAGE = `npm run hub                                   start the hub
npm run hub -- pair --device DEVICE           a QR code and text that connect one tablet
npm run hub -- pair --device DEVICE --reader  the same, for a tablet on which HR looks at what all of them recorded
npm run hub -- revoke DEVICE                  take back every token the tablet was given
npm run hub -- witness                        what the hub has signed of the tablets' logs, and alarms

  --data FOLDER       where keys and databases are kept        ./hub-data
  --port PORT         4180
  --host ADDRESS      127.0.0.1; 0.0.0.0 for every network
  --site NAME         name of a new hub's site                 a random one
  --dist FOLDER       the built app                            ./dist
  --tls-cert FILE --tls-key FILE   serve over HTTPS, which tablets other than this machine need
  --url ORIGIN        pair: the address the tablet opens       http://localhost:4180
  --days N            pair: how long the token lasts           30, which is the most`;

const ROOT = join(import.meta.dirname, "..");
const fromRoot = (path: string): string => (isAbsolute(path) ? path : join(ROOT, path));

function wholeNumber(text: string, least: number, most: number, option: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < least || value > most) throw new HubError(`--${option} is a whole number from ${least} to ${most}.`);
  return value;
}

function readArguments(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        data: { type: "string", default: "hub-data" },
        dist: { type: "string", default: "dist" },
        port: { type: "string", default: "4180" },
        host: { type: "string", default: "127.0.0.1" },
        site: { type: "string" },
        device: { type: "string" },
        url: { type: "string" },
        days: { type: "string", default: "30" },
        reader: { type: "boolean", default: false },
        "tls-cert": { type: "string" },
        "tls-key": { type: "string" },
        help: { type: "boolean", default: false },
      },
    });
  } catch (error) {
    throw new HubError(`${(error as Error).message}\n\n${USAGE}`);
  }
}

async function main(args: readonly string[]): Promise<void> {
  const { values, positionals } = readArguments(args);
  const [command = "start", subject] = positionals;
  const data = fromRoot(values.data);
  const port = wholeNumber(values.port, 0, 65_535, "port");
  const nowS = Math.floor(Date.now() / 1000);
  if (values.help) {
    console.log(USAGE);
    return;
  }

  switch (command) {
    case "pair": {
      const device = values.device ?? subject;
      if (device === undefined) throw new HubError("Which tablet? Add --device and the name its page Administration, Device shows.");
      const scheme = values["tls-cert"] === undefined ? "http" : "https";
      const url = URL.parse(values.url ?? `${scheme}://localhost:${port}`);
      if (url === null || !/^https?:$/.test(url.protocol)) throw new HubError("--url is the address the tablet opens, as https://hub.example.org.");
      const folder = await DataFolder.open(data, values.site);
      const days = wholeNumber(values.days, 1, 30, "days");
      const token = await issueToken(folder, device, Math.min(days * 86_400, LONGEST_TOKEN_S), nowS, values.reader);
      const text = formatPairingText({ hub: url.origin, site: folder.site, token });
      console.log(renderUnicodeCompact(text, { ecc: "L", border: 2 }));
      console.log(`\n${text}\n`);
      console.log(`For ${device} at ${folder.site}, until ${new Date((nowS + days * 86_400) * 1000).toISOString().slice(0, 10)}.`);
      if (values.reader) console.log("It may read the sealed records of the site's other tablets, for HR to open there.");
      console.log("On the tablet: Administration, Device, Hub. Scan the code or paste the text. Who has it can write as this tablet: keep it to yourself.");
      return;
    }
    case "revoke": {
      const device = subject ?? values.device;
      if (device === undefined) throw new HubError("Which tablet? npm run hub -- revoke DEVICE");
      (await DataFolder.open(data, values.site)).revoke(device, nowS);
      console.log(`${device} can no longer send. What it holds stays on it until it is paired again.`);
      return;
    }
    case "witness": {
      for (const line of witnessLines(await WitnessBook.open(await DataFolder.open(data, values.site)))) console.log(line);
      return;
    }
    case "start": {
      const [certificate, key] = [values["tls-cert"], values["tls-key"]];
      if ((certificate === undefined) !== (key === undefined)) throw new HubError("--tls-cert and --tls-key belong together.");
      const hub = await startHub({
        data,
        dist: fromRoot(values.dist),
        host: values.host,
        port,
        ...(values.site === undefined ? {} : { site: values.site }),
        ...(certificate === undefined || key === undefined ? {} : { tls: { certificate, key } }),
      });
      console.log(`Hub of ${hub.site} on ${hub.origin} (data in ${data})`);
      const stop = (): void => void hub.close().then(() => process.exit(0));
      process.once("SIGINT", stop);
      process.once("SIGTERM", stop);
      return;
    }
    default:
      throw new HubError(`There is no command "${command}".\n\n${USAGE}`);
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof HubError ? error.message : error);
  process.exit(1);
});
