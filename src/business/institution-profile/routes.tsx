import { introduceInstitutionUser } from "#src/accounts/institutions/institution-user.ts";
import { page } from "#src/platform/http/responses.ts";
import type { Route } from "#src/platform/http/route.ts";
import type { Visit } from "#src/platform/http/visit.ts";
import { renderPage } from "#src/ui/render.ts";
import { changeCorrectionRoutes } from "./change-correction-routes.tsx";
import type { ChangeFormDeps } from "./change-form.tsx";
import { changeRoutes } from "./change-routes.tsx";
import { type ContactRouteDeps, contactRoutes } from "./contact-routes.tsx";
import { PROFILE } from "./descriptor.ts";
import { ProfilePage } from "./profile-page.tsx";
import { readRegistered } from "./read-registered.ts";

export interface ProfileRouteDeps extends ChangeFormDeps, ContactRouteDeps {}

/** 单位资料: what is registered, a change of it as an application, contact details at once. */
export function institutionProfileRoutes(deps: ProfileRouteDeps): Route[] {
  return [
    {
      method: "GET",
      path: PROFILE,
      permission: "institution",
      audit: null,
      handle: (visit) => showProfile(deps, visit),
    },
    ...changeRoutes(deps),
    ...changeCorrectionRoutes(deps),
    ...contactRoutes(deps),
  ];
}

async function showProfile(deps: ProfileRouteDeps, visit: Visit): Promise<Response> {
  const { user, ...registered } = await readRegistered(deps, visit);
  const html = renderPage(
    <ProfilePage
      shell={deps.shell(visit)}
      person={introduceInstitutionUser(user)}
      isSmsAvailable={deps.sms.isAvailable}
      isContactChanged={visit.c.req.query("changed") === "contact"}
      {...registered}
    />,
  );
  return page(visit, html);
}
