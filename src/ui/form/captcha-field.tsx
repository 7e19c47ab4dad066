import { Button } from "./button.tsx";
import { describedBy, HintAndError } from "./field.tsx";
import { HiddenField } from "./form.tsx";
import { type FormErrors, fieldId } from "./form-errors.ts";

export interface CaptchaFieldProps {
  /** What `askCaptcha` of platform/captcha/form-captcha.ts answered with, made anew for each showing. */
  captcha: {
    id: string;
    more: { secondId: string; work: string } | null;
  };
  /** The refusals of the form; those that `checkCaptcha` answered with are among them. */
  errors: FormErrors;
}

/**
 * 验证码: a sum as a picture, 换一张 and the spoken sum in a frame of their own, so that another picture costs
 * nothing of what was typed, also without script; and then the box for the answer. Where more is asked for, a second
 * sum stands below, which the script takes away when it does the work instead. For who can neither see nor hear the
 * sum the script offers to let the device reckon in its place (decision 0016). Stands inside a posted form.
 */
export function CaptchaField({ captcha: { id, more }, errors }: CaptchaFieldProps) {
  return (
    <>
      <HiddenField name="captchaId" value={id} />
      <div class="captcha-parts" data-captcha-stand-in={id}>
        <Sum name="captcha" label="验证码" id={id} error={errors["captcha"]} />
        <StandIn />
      </div>
      {more !== null && (
        <div class="fields" data-captcha-work={more.work}>
          <HiddenField name="captchaWork" value="" />
          <p class="hint" data-captcha-working hidden>
            正在核验这台设备，请稍候再提交。
          </p>
          <div class="fields" data-captcha-instead>
            <p class="hint">刚才出错的次数较多，请再算一道。</p>
            <HiddenField name="secondCaptchaId" value={more.secondId} />
            <Sum
              name="secondCaptcha"
              label="第二道验证码"
              id={more.secondId}
              error={errors["secondCaptcha"]}
            />
          </div>
        </div>
      )}
    </>
  );
}

/** Shown only where the script that makes it work has run and the browser has Web Crypto. */
function StandIn() {
  return (
    <div data-stand-in-offer hidden>
      <HiddenField name="captchaStandIn" value="" />
      <p class="hint captcha-offer" data-stand-in-ask>
        <span>看图、听音都不方便？</span>
        <Button type="button" kind="text">
          让这台设备代算
        </Button>
      </p>
      <p class="captcha-told" role="status" tabIndex={-1} />
    </div>
  );
}

interface SumProps {
  name: string;
  label: string;
  id: string;
  error: string | undefined;
}

function Sum({ name, label, id, error }: SumProps) {
  const words = { name, label, hint: "填图片里算式的得数；看不清就换一张，或者听", error };
  return (
    <div class={error ? "field in-error" : "field"} data-sum>
      <label class="label" for={fieldId(name)}>
        {label}
      </label>
      <HintAndError {...words} />
      <div class="captcha-sum">
        <iframe class="captcha-frame" src={`/captcha/${id}`} title={`${label}的图片和读音`} />
        <input
          id={fieldId(name)}
          name={name}
          class="input short"
          type="text"
          inputMode="numeric"
          autocomplete="off"
          spellcheck={false}
          aria-invalid={error ? "true" : undefined}
          aria-describedby={describedBy(words)}
        />
      </div>
    </div>
  );
}
