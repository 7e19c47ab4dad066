import { readFileSync, writeFileSync } from "node:fs";

interface LockedPackage {
  version?: string;
  dev?: boolean;
  optional?: boolean;
  os?: string[];
  cpu?: string[];
  libc?: string[];
  optionalDependencies?: Record<string, string>;
}

/** A package-lock.json of version 3: paths under node_modules, and what is installed there. */
export interface Lockfile {
  packages: Record<string, LockedPackage>;
}

/**
 * Names the optional packages that a locked package asks for and the lockfile does not hold. npm
 * leaves out what its registry did not offer at the time, and `npm ci` refuses such a lockfile
 * everywhere else.
 */
export function missingFromLockfile(lockfile: Lockfile): string[] {
  return Object.keys(missingPackages(lockfile)).sort();
}

/** The lockfile with every missing optional package added, bound to the platform its name tells. */
export function completeLockfile(lockfile: Lockfile): Lockfile {
  const packages = { ...lockfile.packages, ...missingPackages(lockfile) };
  const sorted = Object.entries(packages).sort(([a], [b]) => (a < b ? -1 : 1));
  return { ...lockfile, packages: Object.fromEntries(sorted) };
}

function missingPackages({ packages }: Lockfile): Record<string, LockedPackage> {
  const missing: Record<string, LockedPackage> = {};
  for (const [path, holder] of Object.entries(packages)) {
    for (const [name, version] of Object.entries(holder.optionalDependencies ?? {})) {
      if (isFound(packages, path, name)) continue;
      missing[`node_modules/${name}`] = {
        version,
        ...platformOf(name),
        ...(holder.dev ? { dev: true } : {}),
        optional: true,
      };
    }
  }
  return missing;
}

/** Looks in the holder's own node_modules, then in every folder above it, as Node does. */
function isFound(packages: Lockfile["packages"], holder: string, name: string): boolean {
  for (
    let base = holder;
    ;
    base = base.slice(0, Math.max(0, base.lastIndexOf("node_modules/") - 1))
  ) {
    if (packages[`${base === "" ? "" : `${base}/`}node_modules/${name}`] !== undefined) return true;
    if (base === "") return false;
  }
}

const SYSTEMS = ["android", "darwin", "freebsd", "linux", "openharmony", "win32"];
const PROCESSORS = ["arm64", "x64", "ia32", "ppc64", "riscv64", "s390x", "arm"];

function platformOf(name: string): Pick<LockedPackage, "os" | "cpu" | "libc"> {
  const words = name.split(/[-/]/);
  const system = SYSTEMS.find((one) => words.includes(one));
  const processor = PROCESSORS.find((one) => words.includes(one));
  if (system === undefined || processor === undefined) {
    throw new Error(`${name} does not tell its platform: add it to package-lock.json by hand.`);
  }
  const libc = words.some((word) => word.startsWith("musl")) ? "musl" : "glibc";
  return { os: [system], cpu: [processor], ...(system === "linux" ? { libc: [libc] } : {}) };
}

if (import.meta.main) {
  const before = JSON.parse(readFileSync("package-lock.json", "utf8")) as Lockfile;
  const missing = missingFromLockfile(before);
  writeFileSync("package-lock.json", `${JSON.stringify(completeLockfile(before), null, 2)}\n`);
  console.log(`package-lock.json: ${missing.length} optional packages of other platforms added.`);
}
