import { expect, test } from "vitest";
import { completeLockfile, type Lockfile, missingFromLockfile } from "./complete-lockfile.ts";

const LOCKFILE: Lockfile = {
  packages: {
    "": {},
    "node_modules/tool": {
      dev: true,
      optionalDependencies: { "@tool/linux-x64-musl": "1.2.0", "@tool/darwin-arm64": "1.2.0" },
    },
    "node_modules/tool/node_modules/@tool/darwin-arm64": { version: "1.2.0" },
  },
};

test("names what a locked package asks for and the lockfile lacks, wherever it may be nested", () => {
  expect(missingFromLockfile(LOCKFILE)).toEqual(["node_modules/@tool/linux-x64-musl"]);
});

test("adds it bound to its platform, as optional as the tool that wants it", () => {
  const completed = completeLockfile(LOCKFILE);
  expect(completed.packages["node_modules/@tool/linux-x64-musl"]).toEqual({
    version: "1.2.0",
    os: ["linux"],
    cpu: ["x64"],
    libc: ["musl"],
    dev: true,
    optional: true,
  });
  expect(missingFromLockfile(completed)).toEqual([]);
});

test("refuses to guess a platform that the name does not tell", () => {
  const packages = { "node_modules/tool": { optionalDependencies: { "tool-wasm": "1.0.0" } } };
  expect(() => completeLockfile({ packages })).toThrow("tool-wasm");
});
