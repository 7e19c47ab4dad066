import { join } from "node:path";
import { groupNumber } from "#src/kernel/application-number.ts";
import { formatArea } from "#src/kernel/area.ts";
import { formatShanghaiTime, shanghaiDate } from "#src/kernel/calendar-date.ts";
import { formatYuan } from "#src/kernel/money.ts";
import { rmbInCapitals } from "#src/kernel/rmb-capitals.ts";
import type { Db } from "#src/platform/database/client.ts";
import { issueSlip } from "#src/platform/issued-slips/issue-slips.ts";
import { markData } from "#src/platform/issued-slips/mark-data.ts";
import { code128 } from "#src/platform/pdf/barcodes.ts";
import type { Printer } from "#src/platform/pdf/printer.ts";
import type { PersonalData } from "#src/platform/personal-data.ts";
import { CERTIFICATE_SLIP } from "./certificate-worth.ts";
import type { Certificate } from "./queries.ts";

const TEMPLATE = join(import.meta.dirname, "clearance-certificate.typ");

/** What a printed certificate needs besides the certificate itself. */
export interface CertificatePrintDeps {
  printer: Printer;
  /** Makes the code of the slip. */
  personalData: PersonalData;
  fundCentreName: string;
  publicUrl: string;
}

/** Prints 已交清证明 as it was issued, with the houses that it certifies. */
export async function printCertificate(
  deps: CertificatePrintDeps,
  db: Db,
  certificate: Certificate,
  print: { count: number; now: Date },
): Promise<Uint8Array> {
  const content = certificateContent(certificate, deps.fundCentreName);
  const slip = {
    subject: certificate.no,
    datedOn: shanghaiDate(certificate.issuedAt),
    amountFen: certificate.depositedFen,
    party: certificate.institutionName,
    about: certificate.isBuilding
      ? `${certificate.estateName} ${certificate.subject} ${certificate.houseCount} 户`
      : certificate.subject,
    content,
  };
  const { kind } = CERTIFICATE_SLIP;
  const mark = await issueSlip(deps, db, { kind, isOwnNumber: true }, slip, print.now);
  return await deps.printer.print({
    template: TEMPLATE,
    createdAt: print.now,
    data: {
      ...content,
      mark: markData(mark),
      numberCode: code128(certificate.no).svg,
      printedAt: formatShanghaiTime(print.now),
      printCount: print.count,
    },
  });
}

function certificateContent(certificate: Certificate, authority: string) {
  return {
    authority,
    numberGroups: groupNumber(certificate.no),
    number: certificate.no,
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
    rows: certificate.houses.map((house, at) => [
      `${at + 1}`,
      house.code,
      house.address,
      formatArea(house.areaHundredths),
      formatYuan(house.depositedFen),
    ]),
  };
}
