import js from "@eslint/js";
import boundaries from "eslint-plugin-boundaries";
import lit from "eslint-plugin-lit";
import litA11y from "eslint-plugin-lit-a11y";
import wc from "eslint-plugin-wc";
import globals from "globals";
import tseslint from "typescript-eslint";

/** Which folder is which part; the first match wins. */
const elements = [
  { type: "domain", pattern: "src/domain" },
  { type: "app", pattern: "src/app" },
  { type: "contracts", pattern: "src/contracts" },
  { type: "storage", pattern: "src/adapters/storage" },
  { type: "adapters", pattern: "src/adapters" },
  { type: "ui", pattern: "src/ui" },
  { type: "models", pattern: "models" },
  { type: "service-worker", pattern: "workers/service-worker" },
  { type: "workers", pattern: "workers" },
  { type: "outside", pattern: "{tools,hub,tests}" },
];

const parts = (...types) => ({ to: { element: { types: { anyOf: types } } } });
const libraries = (...sources) => ({ to: { module: { origin: "external", source: sources } } });

const COMMON = ["valibot", "temporal-polyfill", "temporal-polyfill/**", "cborg", "cborg/**"];

/** ui -> app -> domain; adapters -> app | domain | contracts; workers -> domain | contracts; only main.ts and the service worker compose. */
const policies = [
  { from: { file: { categories: "main" } }, allow: [parts("domain", "app", "contracts", "adapters", "storage", "ui"), libraries("**")] },
  { from: { element: { type: "domain" } }, allow: [parts("domain"), libraries(...COMMON, "@noble/hashes/**", "otpauth")] },
  { from: { element: { type: "contracts" } }, allow: [parts("domain", "contracts")] },
  { from: { element: { type: "app" } }, allow: [parts("domain", "app", "contracts"), libraries(...COMMON, "papaparse", "@noble/hashes/**")] },
  {
    from: { element: { type: "adapters" } },
    allow: [
      parts("domain", "app", "contracts", "adapters", "storage", "models"),
      libraries(...COMMON, "comlink", "jose", "@hpke/*", "hash-wasm", "workbox-window", "onnxruntime-web/**", "virtual:*", "@noble/hashes/**", "@simplewebauthn/browser", "age-encryption", "fflate", "otpauth", "qr/**"),
    ],
  },
  {
    from: { element: { type: "storage" } },
    allow: [parts("domain", "app", "contracts", "adapters", "storage"), libraries(...COMMON, "dexie", "comlink", "@hpke/*", "@noble/hashes/**")],
  },
  {
    from: { element: { type: "ui" } },
    allow: [
      parts("domain", "app", "ui"),
      libraries(...COMMON, "lit", "lit/**", "@lit/**", "@lit-labs/**", "@awesome.me/webawesome/**", "chart.js", "papaparse", "uqr", "qr", "qr/**"),
    ],
  },
  {
    from: { element: { type: "workers" } },
    allow: [
      parts("domain", "contracts", "workers", "models"),
      libraries(...COMMON, "comlink", "qr", "qr/decode.js", "onnxruntime-web/**", "@mediapipe/tasks-vision", "hash-wasm", "@noble/hashes/**", "age-encryption", "fflate", "read-excel-file", "read-excel-file/**"),
    ],
  },
  {
    from: { element: { type: "service-worker" } },
    allow: [parts("domain", "app", "contracts", "adapters", "storage", "service-worker"), libraries(...COMMON, "workbox-*", "dexie")],
  },
];

export default tseslint.config(
  { ignores: ["dist/", ".cache/", "models/derived/", "workers/matcher/derived/", "node_modules/", "hub-data/", "test-results/"] },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true, allowBoolean: true }],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "@typescript-eslint/no-unnecessary-condition": ["error", { allowConstantLoopConditions: "only-allowed-literals" }],
      "@typescript-eslint/no-non-null-assertion": "error",
      "no-console": "error",
      eqeqeq: "error",
    },
  },
  {
    files: ["src/**/*.ts", "workers/**/*.ts"],
    ignores: ["**/*.test.ts"],
    plugins: { boundaries },
    settings: {
      "boundaries/elements": elements,
      "boundaries/files": [{ category: "main", pattern: "src/main.ts" }],
      "import/resolver": { typescript: { noWarnOnMultipleProjects: true, project: ["src/tsconfig.json", "src/domain/tsconfig.json", "workers/tsconfig.json", "workers/service-worker/tsconfig.json"] } },
    },
    rules: {
      "boundaries/dependencies": ["error", { default: "disallow", checkAllOrigins: true, checkUnknownLocals: true, policies }],
    },
  },
  {
    files: ["src/domain/**/*.ts"],
    ignores: ["**/*.test.ts"],
    rules: {
      "no-restricted-properties": [
        "error",
        { object: "Date", property: "now", message: "Pass a Clock." },
        { object: "Math", property: "random", message: "Pass the random source." },
      ],
      "no-restricted-syntax": ["error", { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: "Pass a Clock." }],
    },
  },
  {
    files: ["src/ui/**/*.ts"],
    plugins: { lit, "lit-a11y": litA11y, wc },
    rules: {
      ...lit.configs["flat/recommended"].rules,
      ...litA11y.configs.recommended.rules,
      ...wc.configs["flat/recommended"].rules,
    },
  },
  {
    files: ["**/*.test.ts", "tests/**/*.ts", "tools/**/*.ts", "hub/**/*.ts", "*.config.ts"],
    rules: { "no-console": "off", "@typescript-eslint/no-non-null-assertion": "off", "@typescript-eslint/unbound-method": "off" },
  },
  {
    files: ["**/*.{js,mjs}"],
    ...tseslint.configs.disableTypeChecked,
    languageOptions: { ...tseslint.configs.disableTypeChecked.languageOptions, globals: globals.node },
  },
  { files: ["**/*.{js,mjs}"], rules: { ...tseslint.configs.disableTypeChecked.rules, "no-console": "off" } },
);
