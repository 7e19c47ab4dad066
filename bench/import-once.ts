import { connectDatabase } from "#src/platform/database/connect.ts";
import { createLog } from "#src/platform/log.ts";
import { openPersonalData } from "#src/platform/personal-data.ts";
import { importRegister } from "#src/register/import/import-register.ts";

// One import in a process of its own, so that its peak of memory is its own.
const [, , dataDir = "", path = ""] = process.argv;
const log = createLog({ logLevel: "error" });
const database = await connectDatabase({ dataDir, databaseUrl: undefined }, log, { mode: "tool" });
try {
  const report = await importRegister({
    db: database.db,
    source: { path },
    personalData: openPersonalData(Buffer.alloc(32, 7)),
    clock: () => new Date(),
  });
  if (report.stopped !== null || report.badRows > 0) {
    throw new Error(`${report.stopped ?? ""} ${JSON.stringify(report.firstBadRows.slice(0, 3))}`);
  }
  const { housesAdded, milliseconds } = report;
  const { maxRSS, userCPUTime } = process.resourceUsage();
  const figures = {
    housesAdded,
    milliseconds,
    peakKibibytes: maxRSS,
    cpuMicroseconds: userCPUTime,
  };
  process.stdout.write(`${JSON.stringify(figures)}\n`);
} finally {
  await database.close();
}
