import type { ImportReport } from "./import-report.ts";

/** The report of an import for a person: the first bad rows, the warnings, and what went in. */
export function reportText(report: ImportReport, errorPath: string | null): string {
  return [
    ...report.firstBadRows.flatMap(({ line, problems }) =>
      problems.map(({ column, reason }) => `第 ${line} 行 ${column}：${reason}`),
    ),
    ...(report.badRows > report.firstBadRows.length
      ? [`……有问题的共 ${report.badRows} 行，全部见错误报告`]
      : []),
    ...report.warnings.map((warning) => `注意：${warning}`),
    ...(report.warningCount > report.warnings.length ? ["注意：其余提示从略"] : []),
    ...(report.stopped === null ? [] : [report.stopped]),
    totals(report),
    ...(errorPath === null ? [] : [`错误报告：${errorPath}`]),
    "",
  ].join("\n");
}

function totals(report: ImportReport): string {
  const added = [
    `物业区域 ${report.estatesAdded} 个`,
    `幢 ${report.buildingsAdded} 个`,
    `房屋 ${report.housesAdded} 套`,
  ].join("、");
  const seconds = (report.milliseconds / 1_000).toFixed(1);
  return `共 ${report.rows} 行：新增 ${added}；未变 ${report.housesUnchanged} 套；有问题 ${report.badRows} 行。用时 ${seconds} 秒`;
}

/** 0 when every row is good, 1 when some are bad, 2 when the file could not be read to its end. */
export function exitCodeOf(report: ImportReport): 0 | 1 | 2 {
  if (report.stopped !== null) return 2;
  return report.badRows > 0 ? 1 : 0;
}
