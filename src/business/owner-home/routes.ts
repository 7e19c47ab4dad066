import type { Route } from "#src/platform/http/route.ts";
import { accountRoutes } from "./account-routes.tsx";
import type { OwnerHomeDeps } from "./home.ts";
import { houseRoutes } from "./house-routes.tsx";
import { linkRoutes } from "./link-routes.tsx";
import { phoneRoutes } from "./phone-routes.tsx";

/** An owner's home, behind his sign-in: houses, applications, linking, account. */
export function ownerHomeRoutes(deps: OwnerHomeDeps): Route[] {
  return [...houseRoutes(deps), ...linkRoutes(deps), ...accountRoutes(deps), ...phoneRoutes(deps)];
}
