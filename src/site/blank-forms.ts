import type { BlankForm } from "#src/applications/blank-forms/blank-form.ts";
import { paperList } from "#src/applications/blank-forms/blank-form.ts";
import { authorisationLetter } from "#src/business/downloads/authorisation-letter.ts";
import { type BlankForms, openBlankForms } from "#src/business/downloads/blank-forms.ts";
import { HOUSE_LINK, LINK_DOCUMENTS } from "#src/business/house-link/descriptor.ts";
import {
  CHANGE_DOCUMENTS,
  INSTITUTION_CHANGE,
} from "#src/business/institution-profile/descriptor.ts";
import { registrationBlankForms } from "#src/business/institution-registration/blank-forms.tsx";
import { OWNER_DEPOSIT } from "#src/business/owner-deposit/descriptor.ts";
import { refundBlankForms } from "#src/business/owner-refund/blank-forms.tsx";
import { OWNER_REFUND } from "#src/business/owner-refund/descriptor.ts";
import { unrecordedBlankForms } from "#src/business/unrecorded-deposit/blank-forms.tsx";
import { UNRECORDED_DEPOSIT } from "#src/business/unrecorded-deposit/descriptor.ts";
import type { SiteParts } from "#src/site-parts.ts";

/** What an owner can let another do for him. */
const OWNERS_MATTERS = [OWNER_DEPOSIT, UNRECORDED_DEPOSIT, OWNER_REFUND].map(({ title }) => title);

/** Every blank form of every business, made from what the business itself goes by. */
export function listBlankForms(): BlankForm[] {
  return [
    ...refundBlankForms(),
    ...unrecordedBlankForms(),
    ...registrationBlankForms(),
    paperList(INSTITUTION_CHANGE.kind, INSTITUTION_CHANGE.title, CHANGE_DOCUMENTS, {
      lead: "登录以后在“单位资料”里申请变更时上传。",
    }),
    paperList(HOUSE_LINK.kind, HOUSE_LINK.title, LINK_DOCUMENTS, {
      lead: "登录以后找到房屋，点“凭要件申请关联”上传。",
    }),
    authorisationLetter(OWNERS_MATTERS),
  ].sort((a, b) => CATEGORIES.indexOf(a.category) - CATEGORIES.indexOf(b.category));
}

const CATEGORIES: readonly BlankForm["category"][] = ["申请单", "要件清单", "委托书和声明"];

/** The blank forms as 资料下载 and the search know them. */
export function siteBlankForms(parts: SiteParts): BlankForms {
  const { fundCentreName, isDemo } = parts.config;
  return openBlankForms({ ...parts, forms: listBlankForms(), frame: { fundCentreName, isDemo } });
}
