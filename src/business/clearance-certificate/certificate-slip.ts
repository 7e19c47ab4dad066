import { join } from "node:path";
import { groupNumber } from "#src/kernel/application-number.ts";
import { formatArea } from "#src/kernel/area.ts";
import { formatShanghaiTime, shanghaiDate } from "#src/kernel/calendar-date.ts";
import { formatYuan } from "#src/kernel/money.ts";
import { rmbInCapitals } from "#src/kernel/rmb-capitals.ts";
import { code128 } from "#src/platform/pdf/barcodes.ts";
import type { Printer } from "#src/platform/pdf/printer.ts";
import type { Certificate } from "./queries.ts";

const TEMPLATE = join(import.meta.dirname, "clearance-certificate.typ");

/** Prints 已交清证明 as it was issued, with the houses that it certifies. */
export async function printCertificate(
  deps: { printer: Printer; fundCentreName: string },
  certificate: Certificate,
  print: { count: number; now: Date },
): Promise<Uint8Array> {
  const { houses } = certificate;
  return await deps.printer.print({
    template: TEMPLATE,
    createdAt: print.now,
    data: {
      authority: deps.fundCentreName,
      numberGroups: groupNumber(certificate.no),
      number: certificate.no,
      numberCode: code128(certificate.no).svg,
      issuedOn: shanghaiDate(certificate.issuedAt),
      issuedAt: formatShanghaiTime(certificate.issuedAt),
      institution: certificate.institutionName,
      estate: certificate.estateName,
      subject: certificate.subject,
      isBuilding: certificate.isBuilding,
      houseCount: `${certificate.houseCount}`,
      area: formatArea(certificate.areaHundredths),
      amountYuan: formatYuan(certificate.depositedFen),
      amountCapitals: rmbInCapitals(certificate.depositedFen),
      printedAt: formatShanghaiTime(print.now),
      printCount: print.count,
      rows: houses.map((house, at) => [
        `${at + 1}`,
        house.code,
        house.address,
        formatArea(house.areaHundredths),
        formatYuan(house.depositedFen),
      ]),
    },
  });
}
