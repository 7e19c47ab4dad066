import { ownerOf } from "#src/accounts/owners/owner-session.ts";
import { maskPhone } from "#src/kernel/masking.ts";
import { getHouseYear, listHouseYears } from "#src/ledger/house-year.ts";
import { recordAudit } from "#src/platform/audit.ts";
import { inSnapshot } from "#src/platform/database/snapshot.ts";
import { NotFound } from "#src/platform/http/errors.ts";
import { file, page, seeOther } from "#src/platform/http/responses.ts";
import type { Route } from "#src/platform/http/route.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import { renderPage } from "#src/ui/render.ts";
import { ApplicationsPage } from "./applications-page.tsx";
import { HOME, type OwnerHomeDeps } from "./home.ts";
import { listHouseLooks } from "./house-looks.ts";
import { HousePage } from "./house-page.tsx";
import { HousesPage } from "./houses-page.tsx";
import { unlinkHouse } from "./link-houses.ts";
import { listOwnApplications } from "./own-applications.ts";
import { findOwnedHouse, listOwnedHousesOnPage, type OwnedHouse } from "./owned-houses.ts";
import { readPageNumber, readYear } from "./schema.ts";
import { printStatement } from "./statement/statement.ts";
import { listWaitingLinks } from "./waiting-links.ts";

/** What an owner sees of his houses: the list, one of them, its statements, and the applications about them. */
export function houseRoutes(deps: OwnerHomeDeps): Route[] {
  return [
    {
      method: "GET",
      path: HOME,
      permission: "owner",
      audit: null,
      handle: (visit) => showHouses(deps, visit),
    },
    {
      method: "GET",
      path: "/me/applications",
      permission: "owner",
      audit: null,
      handle: (visit) => showApplications(deps, visit),
    },
    {
      method: "GET",
      path: "/me/houses/:house",
      permission: "owner",
      audit: null,
      handle: (visit) => showHouse(deps, visit),
    },
    {
      method: "GET",
      path: "/me/houses/:house/statements/:year",
      permission: "owner",
      audit: "owner-statement-printed",
      handle: (visit) => print(deps, visit),
    },
    {
      method: "POST",
      path: "/me/houses/:house/unlink",
      permission: "owner",
      audit: "owner-house-unlinked",
      handle: (visit) => unlink(deps, visit),
    },
  ];
}

async function showHouses(deps: OwnerHomeDeps, visit: Visit): Promise<Response> {
  const owner = ownerOf(visit);
  const found = await onPage(visit, (n) =>
    listOwnedHousesOnPage(deps.db, owner.id, { page: n, now: visit.now }),
  );
  const linked = /^[1-9][0-9]{0,2}$/.exec(visit.c.req.query("linked") ?? "")?.[0];
  const html = renderPage(
    <HousesPage
      shell={deps.shell(visit)}
      name={owner.name}
      maskedPhone={maskPhone(owner.phone)}
      houses={found.rows}
      totalCount={found.totalCount}
      totalFen={found.totalFen}
      page={found.page}
      waiting={await listWaitingLinks(deps, owner.id, visit.now)}
      justLinked={linked === undefined ? null : Number.parseInt(linked, 10)}
    />,
  );
  return page(visit, html);
}

/** The house of the URL when it is the owner's own; another's is as unknown as one that is not there. */
async function ownedHouseOf(deps: OwnerHomeDeps, visit: Visit): Promise<OwnedHouse> {
  const code = visit.c.req.param("house") ?? "";
  const owned = await findOwnedHouse(deps.db, ownerOf(visit).id, code, visit.now);
  if (owned === null) throw new NotFound();
  return owned;
}

async function showHouse(deps: OwnerHomeDeps, visit: Visit): Promise<Response> {
  const owned = await ownedHouseOf(deps, visit);
  const { house } = owned;
  const ownerId = ownerOf(visit).id;
  const [years, looks] = await Promise.all([
    listHouseYears(deps.db, house),
    onPage(visit, (n) => listHouseLooks(deps.db, house, { ownerId, page: n })),
  ]);
  const props = { shell: deps.shell(visit), owned, years, looks };
  return page(visit, renderPage(<HousePage {...props} />));
}

async function showApplications(deps: OwnerHomeDeps, visit: Visit): Promise<Response> {
  const found = await onPage(visit, (n) =>
    listOwnApplications(deps, ownerOf(visit), { page: n, now: visit.now }),
  );
  return page(visit, renderPage(<ApplicationsPage shell={deps.shell(visit)} {...found} />));
}

interface Listed<Row> {
  rows: Row[];
  totalCount: number;
}

/** Reads the page that the address asks for; behind the last one there is the first. */
async function onPage<Row, Found extends Listed<Row>>(
  visit: Visit,
  read: (page: number) => Promise<Found>,
): Promise<Found & { page: number }> {
  const asked = readPageNumber(visit.c.req.query("page"));
  const found = await read(asked);
  if (found.rows.length > 0 || asked === 1) return { ...found, page: asked };
  return { ...(await read(1)), page: 1 };
}

async function print(deps: OwnerHomeDeps, visit: Visit): Promise<Response> {
  await deps.limit(visit, "print");
  const { house } = await ownedHouseOf(deps, visit);
  const asked = readYear(visit.c.req.param("year"));
  // Opening balance and lines are of one moment: what is booked between the two would make the closing one wrong.
  const year = await inSnapshot(deps.db, async (tx) => {
    const years = await listHouseYears(tx, house);
    if (asked === null || !years.includes(asked)) throw new NotFound();
    return await getHouseYear(tx, house, asked);
  });
  const ownerName = ownerOf(visit).name ?? "";
  const pdf = await printStatement(deps, deps.db, { house, ownerName, year }, visit.now);
  await recordAudit(deps.db, visit.audit, house.code, `${asked}`);
  return file(visit, pdf, {
    mediaType: "application/pdf",
    name: `年度对账单-${house.code}-${asked}.pdf`,
    isInline: true,
  });
}

async function unlink(deps: OwnerHomeDeps, visit: Visit): Promise<Response> {
  const { house } = await ownedHouseOf(deps, visit);
  await unlinkHouse(deps.db, ownerOf(visit), house, visit.audit);
  return seeOther(visit, HOME);
}
