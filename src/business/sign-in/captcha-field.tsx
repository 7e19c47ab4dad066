import { HiddenField } from "#src/ui/form/form.tsx";
import type { FormErrors } from "#src/ui/form/form-errors.ts";
import { TextField } from "#src/ui/form/text-field.tsx";
import type { CaptchaQuestion } from "./form-captcha.ts";

export interface CaptchaFieldProps {
  captcha: CaptchaQuestion;
  errors: FormErrors;
}

/** 验证码: a sum in a picture. */
export function CaptchaField({ captcha, errors }: CaptchaFieldProps) {
  return (
    <>
      <HiddenField name="captchaId" value={captcha.id} />
      <TextField
        name="captcha"
        label="验证码"
        hint="填图片里算式的得数"
        inputMode="numeric"
        width="short"
        error={errors["captcha"]}
      />
      <img
        class="captcha"
        src={`data:image/png;base64,${captcha.pngBase64}`}
        alt="验证码图片：一道加减法，看不清请换一张，或打 12345 办理"
        width="640"
        height="220"
      />
    </>
  );
}
