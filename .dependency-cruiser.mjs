/**
 * The floors of the house: nobody imports upward. A folder may import the folders of the lower
 * lines, and its own. Tests beside the sources may also use tests/support.
 */
const FLOORS = [
  ["kernel"],
  ["platform", "ui"],
  ["register"],
  ["accounts"],
  ["ledger"],
  ["bank"],
  ["applications"],
  ["business", "demo"],
];

/** @type {import("dependency-cruiser").IForbiddenRuleType[]} */
const upward = FLOORS.flatMap((folders, level) => {
  const lower = FLOORS.slice(0, level).flat();
  return folders.map((folder) => ({
    name: `${folder}-imports-downward`,
    comment: `src/${folder} may import ${lower.length === 0 ? "nothing else of src" : lower.join(", ")}.`,
    severity: "error",
    from: { path: `^src/${folder}/`, pathNot: "\\.test\\.tsx?$" },
    to: { path: "^(src|tests|bench|scripts)/", pathNot: `^src/(${[folder, ...lower].join("|")})/` },
  }));
});

/** @type {import("dependency-cruiser").IConfiguration} */
export default {
  forbidden: [
    ...upward,
    {
      name: "tests-stay-on-their-floor",
      comment:
        "A test beside a source sees what the source may see, the floors' own tests/support, and no higher business.",
      severity: "error",
      from: {
        path: "^src/(kernel|platform|ui|register|accounts|ledger|bank|applications)/.*\\.test\\.tsx?$",
      },
      to: { path: "^src/(business/|[^/]+$)" },
    },
    {
      name: "one-business-never-imports-another",
      comment: "What two businesses share moves down a floor.",
      severity: "error",
      from: { path: "^src/business/([^/]+)/" },
      to: { path: "^src/business/", pathNot: "^src/business/$1/" },
    },
    {
      name: "site-does-not-import-main",
      comment:
        "The site map is data: it knows the businesses, and nothing that starts or runs them.",
      severity: "error",
      from: { path: "^src/site(-parts)?\\.ts$" },
      to: { path: "^src/[^/]+$", pathNot: "^src/site-parts\\.ts$" },
    },
    {
      name: "no-cycles",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "kernel-is-pure",
      comment: "The words of the field need no disk, network, process or clock of the machine.",
      severity: "error",
      from: { path: "^src/kernel/", pathNot: "\\.test\\.ts$" },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "ui-draws-only",
      comment: "Pages are pure functions; what they show comes in as props.",
      severity: "error",
      from: { path: "^src/ui/", pathNot: "\\.test\\.tsx?$|/islands/|assets?" },
      to: { path: "^src/platform/" },
    },
    {
      name: "pages-are-pure",
      comment: "Pages take props: no database, no session, no clock, no disk.",
      severity: "error",
      from: { path: "^src/business/.*pages\\.tsx$" },
      to: {
        path: "^src/platform/(database|http|sms|uploads|sessions|audit)|node_modules/(kysely|pg|hono)/",
        dependencyTypesNot: ["type-only"],
      },
    },
    {
      name: "rules-are-pure",
      comment: "Decisions get clock, randomness and rows as arguments.",
      severity: "error",
      from: { path: "^src/business/.*(rules|schema)\\.ts$" },
      to: {
        path: "^src/(platform|ui)/|node_modules/(kysely|pg|hono)/",
        dependencyTypesNot: ["type-only"],
      },
    },
    {
      name: "resolvable",
      comment: "An import that leads nowhere escapes every other rule.",
      severity: "error",
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: "production-needs-no-development-tool",
      severity: "error",
      from: { path: "^src/", pathNot: "\\.test\\.tsx?$" },
      to: { dependencyTypes: ["npm-dev", "npm-no-pkg", "npm-unknown"] },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    parser: "swc",
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default", "types"],
      extensions: [".ts", ".tsx", ".mjs", ".js", ".json"],
    },
  },
};
