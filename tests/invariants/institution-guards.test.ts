import { sql } from "kysely";
import { describe, test } from "vitest";
import { buildBuilding, NOW, type TestCity } from "../support/builders.ts";
import { proveGuard } from "../support/guard-control.ts";
import {
  approveRegistration,
  buildRegistration,
  newCreditCode,
} from "../support/registration-builders.ts";

/** A company without a registration; of the demonstration, only the estate's other company stands in its way. */
async function setUpWithoutRegistration(
  city: TestCity,
  estateId: number,
  is_demonstration: boolean,
): Promise<number> {
  const { id } = await city.owner
    .insertInto("institution")
    .values({
      kind: "property-company",
      name: "另设物业有限公司",
      credit_code: newCreditCode(),
      profile_cipher: Buffer.alloc(1),
      is_demonstration,
      created_at: NOW,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  await city.owner
    .insertInto("institution_estate")
    .values({ institution_id: id, estate_id: estateId })
    .execute();
  return id;
}

function setState(city: TestCity, institutionId: number, state: string) {
  return city.db
    .updateTable("institution")
    .set({ state: state as "active" })
    .where("id", "=", institutionId)
    .execute();
}

describe("C4: one company and one committee work for an estate at a time", () => {
  test("an institution does not begin to work beside another one", () =>
    proveGuard({
      drop: "drop trigger institution_may_work on institution",
      prepare: async (city) => {
        const building = await buildBuilding(city);
        const first = await buildRegistration(city, "property-company", building);
        await approveRegistration(city, first.number);
        return { institutionId: await setUpWithoutRegistration(city, building.estateId, true) };
      },
      act: (city, { institutionId }) => setState(city, institutionId, "active"),
      refusedWith: "WX050",
      named: /^C4 an estate has one property company/,
    }));

  test("a working institution takes no estate that another one has", () =>
    proveGuard({
      drop: "drop trigger institution_estate_is_free on institution_estate",
      prepare: async (city) => {
        const taken = await buildBuilding(city);
        const first = await buildRegistration(city, "property-company", taken);
        await approveRegistration(city, first.number);
        const own = await buildBuilding(city);
        const second = await buildRegistration(city, "property-company", own);
        await approveRegistration(city, second.number);
        return { institutionId: second.institutionId, estateId: taken.estateId };
      },
      act: (city, { institutionId, estateId }) =>
        city.db
          .insertInto("institution_estate")
          .values({ institution_id: institutionId, estate_id: estateId })
          .execute(),
      refusedWith: "WX050",
      named: /^C4 an estate has one property company/,
    }));
});

describe("C2: an institution is what its registration says", () => {
  test("it does not work before the approval", () =>
    proveGuard({
      drop: "drop trigger institution_may_work on institution",
      prepare: async (city) =>
        await buildRegistration(city, "property-company", await buildBuilding(city)),
      act: (city, { institutionId }) => setState(city, institutionId, "active"),
      refusedWith: "WX051",
      named: /^C2 an institution is what its registration says/,
    }));

  test("it does not work without one, unless it is the demonstration's", () =>
    proveGuard({
      drop: "drop trigger institution_may_work on institution",
      prepare: async (city) => {
        const { estateId } = await buildBuilding(city);
        return { institutionId: await setUpWithoutRegistration(city, estateId, false) };
      },
      act: (city, { institutionId }) => setState(city, institutionId, "active"),
      refusedWith: "WX051",
      named: /^C2 an institution is what its registration says/,
    }));

  test("it is not at work from its first row on, whoever writes it", () =>
    proveGuard({
      drop: "drop trigger institution_begins_pending on institution",
      prepare: async (city) => await buildBuilding(city),
      act: (city) =>
        city.owner
          .insertInto("institution")
          .values({
            kind: "developer",
            name: "未注册开发有限公司",
            credit_code: newCreditCode(),
            state: "active",
            profile_cipher: Buffer.alloc(1),
            created_at: NOW,
          })
          .execute(),
      refusedWith: "WX051",
      named: /^C2 an institution is what its registration says/,
    }));

  test("what an application said is kept", () =>
    proveGuard({
      drop: "drop trigger institution_registration_kept on institution_registration",
      prepare: async (city) =>
        await buildRegistration(city, "developer", await buildBuilding(city)),
      act: (city) =>
        sql`update institution_registration set form_cipher = '\\x00' where application_id is not null`.execute(
          city.db,
        ),
      refusedWith: "WX001",
      named: /^L8 the guards of applications/,
    }));
});
